import * as z from 'zod/mini'
import { once } from '../once.ts'
import { parseAnswer } from '../tenant/answer.ts'
import type { Field } from './field.ts'
import { messages, spoken } from './phone-fields.ts'
import { phoneTemplates } from './scopes.ts'
import type { Request, Setting } from './setting.ts'

const TEMPLATES = '/branding/phone/templates'

const text = () => z.optional(z.nullable(z.string()))
const answered = once(() =>
  z.looseObject({
    templates: z.array(
      z.looseObject({
        // Absent where nobody has written the template: then the content is Auth0's own.
        id: text(),
        type: z.string(),
        disabled: z.optional(z.nullable(z.boolean())),
        content: z.looseObject({
          from: text(),
          body: z.optional(z.nullable(z.looseObject({ text: text(), voice: text() }))),
        }),
      }),
    ),
  }),
)

/** The message that enrols a phone, and the one at a login, which passwordless login sends as well. */
export const unifiedPhoneTemplates: readonly Setting[] = [
  template('enrollment_message', 'otp_enroll', 'when it enrols a phone'),
  template('verification_message', 'otp_verify', 'at a login'),
]

/**
 * One message, with the unified phone experience. Recorded: the list has every type, those that nobody has written
 * without an id, in no stable order; a PATCH replaces the content, but for its syntax. Assumption: a template that is
 * disabled is not used, so that its texts count as not set.
 */
function template(name: keyof typeof messages, type: string, when: string): Setting {
  const voice = `${name}.voice`

  function found(answer: unknown) {
    const { templates } = parseAnswer(TEMPLATES, answered(), answer)
    return templates.find(template => template.type === type)
  }

  return {
    at: 'factors.phone.templates',
    about: 'The texts of the messages',
    fields: {
      [name]: { ...messages[name], translate: asUnified } satisfies Field<string>,
      [voice]: { ...spoken(when), translate: asUnified } satisfies Field<string>,
    },
    read: { path: TEMPLATES, scope: phoneTemplates.read, get: api => api.request('GET', TEMPLATES) },
    write: { path: TEMPLATES, scopes: [phoneTemplates.create, phoneTemplates.update] },

    decode(answer) {
      const given = found(answer)
      const body = given?.disabled === true ? undefined : given?.content.body
      return {
        answer,
        values: { [name]: body?.text || null, [voice]: body?.voice || null },
        configured: Boolean(given?.id),
      }
    },

    // One that was disabled comes into use as a whole: also with the text that the file says nothing of.
    derive: {
      from: [],
      values: before => {
        const given = before && found(before.answer)
        if (given?.disabled !== true) return {}
        const { text, voice: spoken } = given.content.body ?? {}
        return { ...(text && { [name]: text }), ...(spoken && { [voice]: spoken }) }
      },
    },

    request(before, declared, { carry = true } = {}): Request {
      const given = before && found(before.answer)
      const { syntax: _, from, body: kept, ...others } = given?.content ?? {}
      const known = carry ? kept : { text: kept?.text, voice: kept?.voice }
      const body = {
        ...withoutNothing(known ?? {}),
        ...(declared[name] !== undefined && { text: declared[name] }),
        ...(declared[voice] !== undefined && { voice: declared[voice] }),
      }
      // Recorded: a template that nobody has written lists an empty sender, which is none.
      const content = { ...(carry && others), ...(from && { from }), body }
      if (given?.id) {
        const path = `${TEMPLATES}/${encodeURIComponent(given.id)}`
        const enabled = given.disabled === true ? { disabled: false } : {}
        return { method: 'PATCH', path, scope: phoneTemplates.update, body: { ...enabled, content } }
      }
      const whole = { type, disabled: false, content: { syntax: 'liquid', ...content } }
      return { method: 'POST', path: TEMPLATES, scope: phoneTemplates.create, body: whole }
    },

    send: (api, { method, path, body }) => api.request(method, path, body),
  }
}

const TEXT = `"[^"]*"|'[^']*'`
/** What is not Liquid; and what is, with its marks apart: `-` at them is no part of a name. */
const LIQUID = new RegExp(
  `\\{%-?\\s*(raw|comment)\\s*-?%\\}.*?\\{%-?\\s*end\\1\\s*-?%\\}|(\\{[{%]-?)((?:${TEXT}|.)*?)(-?[%}]\\})`,
  'gs',
)
const NAME = new RegExp(`${TEXT}|(?<![\\w.-])tenant\\.friendly_name(?![\\w-])`, 'g')

/** `{{tenant.friendly_name}}` is the tenant's name in the legacy provider's messages, `{{friendly_name}}` is here. */
function asUnified(template: string): string {
  return template.replace(LIQUID, (whole, _, opening, inside, closing) =>
    inside === undefined
      ? whole
      : `${opening}${inside.replace(NAME, (found: string) => (/^["']/.test(found) ? found : 'friendly_name'))}${closing}`,
  )
}

function withoutNothing(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  )
}
