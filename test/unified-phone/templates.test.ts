import { describe, expect, test } from 'vitest'
import { json } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import {
  apply,
  brandingWrites,
  changes,
  command,
  giveTemplate,
  sentFor,
  startUnified,
  TEMPLATES,
  templateOf,
} from './support/tenant.ts'

const VERIFICATION = 'factors.phone.templates.verification_message'
const texts = (inside: object): string => JSON.stringify({ factors: { phone: { templates: inside } } })
const verification = (given: string | object): string => texts({ verification_message: given })

/** What Auth0 says in a call when nobody has written anything. */
const VOICE =
  'Hello. Your verification code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. I repeat, your verification code is {{ pause }} {{ code | escape }}'
const TEXT = '{{ code | escape }} is your verification code for {{ friendly_name | escape }}'

describe('a template that nobody has written', () => {
  test.each<[name: string, given: string | object, body: object]>([
    [
      'a text is a text only: the voice is Auth0’s own still',
      '{{code}}!',
      { text: '{{code}}!', voice: VOICE },
    ],
    ['so is an object with a text', { text: '{{code}}!' }, { text: '{{code}}!', voice: VOICE }],
    ['a voice alone', { voice: 'Say {{code}}' }, { text: TEXT, voice: 'Say {{code}}' }],
    ['both', { text: '{{code}}!', voice: 'Say {{code}}' }, { text: '{{code}}!', voice: 'Say {{code}}' }],
  ])('is made: %s', async (_, given, body) => {
    const tenant = await startUnified()
    expect(await sentFor(tenant, verification(given))).toStrictEqual([
      {
        method: 'POST',
        path: TEMPLATES,
        body: { type: 'otp_verify', disabled: false, content: { syntax: 'liquid', body } },
      },
    ])
    expect((await templateOf(tenant, 'otp_verify')).content.body).toEqual(body)
  })

  test('each message has a type of its own, and the other is left alone', async () => {
    const tenant = await startUnified()
    const [write, ...others] = await sentFor(tenant, texts({ enrollment_message: '{{code}} enrols' }))
    expect(others).toEqual([])
    expect(write?.body).toMatchObject({
      type: 'otp_enroll',
      content: { body: { text: '{{code}} enrols', voice: VOICE } },
    })
    expect((await templateOf(tenant, 'otp_verify')).id).toBeUndefined()
    const both = texts({ enrollment_message: '{{code}} a', verification_message: '{{code}} b' })
    const sent = await sentFor(tenant, both)
    expect(sent.map(({ method }) => method)).toEqual(['PATCH', 'POST'])
  })

  test('is not made for what Auth0 says anyway', async () => {
    const tenant = await startUnified()
    expect(await sentFor(tenant, verification({ text: TEXT, voice: VOICE }))).toEqual([])
  })

  test('is not made twice where the answer is lost', async () => {
    const tenant = await startUnified()
    const proxy = await startFaults(tenant, [
      { method: 'POST', path: TEMPLATES, nth: 1, delivered: true, closed: true },
    ])
    const applied = await apply(proxy, verification('{{code}}!'))
    expect(applied.code).toBe(0)
    expect(json(applied)).toMatchObject({ verified: true })
    expect(brandingWrites(proxy)).toHaveLength(1)
  })

  test('is changed where somebody else has made it meanwhile and the answer is lost', async () => {
    const tenant = await startUnified()
    const proxy = await startFaults(tenant, [
      {
        method: 'POST',
        path: TEMPLATES,
        nth: 1,
        delivered: false,
        closed: true,
        hook: async () =>
          void (await giveTemplate(tenant, { body: { text: 'theirs {{code}}' }, from: '+9' })),
      },
    ])
    expect((await apply(proxy, verification('{{code}}!'))).code).toBe(0)
    const { id, content } = await templateOf(tenant, 'otp_verify')
    expect(content).toMatchObject({ from: '+9', body: { text: '{{code}}!' } })
    expect(brandingWrites(proxy).map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST ${TEMPLATES}`,
      `PATCH ${TEMPLATES}/${id}`,
    ])
  })
})

describe('a template that is there', () => {
  test.each<[name: string, there: object, given: string | object, content: object]>([
    [
      'keeps its sender and its voice',
      { from: '+1777', body: { text: 'old {{code}}', voice: 'old voice {{code}}' } },
      '{{code}}!',
      { from: '+1777', body: { text: '{{code}}!', voice: 'old voice {{code}}' } },
    ],
    [
      'keeps its text',
      { body: { text: 'old {{code}}', voice: 'old voice {{code}}' } },
      { voice: 'Say {{code}}' },
      { body: { text: 'old {{code}}', voice: 'Say {{code}}' } },
    ],
    [
      'has no voice where it had none',
      { body: { text: 'old {{code}}' } },
      '{{code}}!',
      { body: { text: '{{code}}!' } },
    ],
    [
      'has no text where it had none',
      { body: { voice: 'old {{code}}' } },
      { voice: '{{code}}!' },
      { body: { voice: '{{code}}!' } },
    ],
  ])('is changed, its syntax not sent again: %s', async (_, there, given, content) => {
    const tenant = await startUnified()
    const { id } = await giveTemplate(tenant, there)
    expect(await sentFor(tenant, verification(given))).toStrictEqual([
      { method: 'PATCH', path: `${TEMPLATES}/${id}`, body: { content } },
    ])
    expect((await templateOf(tenant, 'otp_verify')).content).toEqual({ syntax: 'liquid', ...content })
  })

  test('one that is disabled counts as not set, and is enabled', async () => {
    const tenant = await startUnified()
    const there = { from: '+1', body: { text: '{{code}}?', voice: 'old {{code}}' } }
    const { id } = await giveTemplate(tenant, there, { disabled: true })
    // What the file says nothing of comes into use with it, and is shown.
    expect(await changes(tenant, verification('{{code}}!'))).toEqual([
      `${VERIFICATION}: null → "{{code}}!"`,
      `${VERIFICATION}.voice: null → "old {{code}}"`,
    ])
    expect(await sentFor(tenant, verification('{{code}}!'))).toStrictEqual([
      {
        method: 'PATCH',
        path: `${TEMPLATES}/${id}`,
        body: { disabled: false, content: { ...there, body: { ...there.body, text: '{{code}}!' } } },
      },
    ])
    expect(await templateOf(tenant, 'otp_verify')).toMatchObject({ disabled: false })
  })

  test('what it has besides is sent along, unless the API refuses that', async () => {
    const tenant = await startUnified()
    const { id } = await giveTemplate(tenant, { from: '+1', body: { text: 'old {{code}}' } })
    const path = `${TEMPLATES}/${id}`
    const rewrite = (answer: unknown) => {
      const { templates } = answer as { templates: { content: { body: object } }[] }
      return {
        templates: templates.map(template => ({
          ...template,
          content: { ...template.content, footer: 'x', body: { ...template.content.body, rcs: 'y' } },
        })),
      }
    }
    const refusal = {
      statusCode: 400,
      error: 'Bad Request',
      message: "Payload validation error: 'Additional properties not allowed: footer'.",
      errorCode: 'invalid_body',
    }
    const proxy = await startFaults(tenant, [
      { method: 'GET', path: TEMPLATES, rewrite },
      { method: 'PATCH', path, nth: 1, answer: { status: 400, body: JSON.stringify(refusal) } },
    ])
    expect((await apply(proxy, verification('{{code}}!'))).code).toBe(0)
    expect(brandingWrites(proxy)).toStrictEqual([
      {
        method: 'PATCH',
        path,
        body: { content: { footer: 'x', from: '+1', body: { text: '{{code}}!', rcs: 'y' } } },
      },
      { method: 'PATCH', path, body: { content: { from: '+1', body: { text: '{{code}}!' } } } },
    ])
  })

  test.each<[name: string, body: object | null | undefined]>([
    ['without a body', undefined],
    ['whose body is null', null],
    ['whose texts are null, or empty', { text: null, voice: '' }],
  ])('one %s has no text, and the API gets none but that of the file', async (_, body) => {
    const tenant = await startUnified()
    const { id } = await giveTemplate(tenant, { from: '+1', body: { text: 'old {{code}}' } })
    const proxy = await startFaults(tenant, [
      {
        method: 'GET',
        path: TEMPLATES,
        nth: 1,
        rewrite: () => ({ templates: [{ id, type: 'otp_verify', content: { from: '+1', body } }] }),
      },
    ])
    expect((await apply(proxy, verification('{{code}}!'))).code).toBe(0)
    expect(brandingWrites(proxy).map(write => write.body)).toStrictEqual([
      { content: { from: '+1', body: { text: '{{code}}!' } } },
    ])
  })

  test('a text that is empty is sent as it is, and refused by the API', async () => {
    const tenant = await startUnified()
    await giveTemplate(tenant, { body: { text: 'old {{code}}', voice: '{{code}}' } })
    expect((await command(tenant, verification(''), 'apply', '--yes')).code).toBe(3)
    const applied = await apply(tenant, verification(''))
    expect(applied.code).toBe(4)
    expect(applied.out).toContain('String is too short')
    expect((await templateOf(tenant, 'otp_verify')).content.body.text).toBe('old {{code}}')
  })

  test('an id is no part of a path as it is', async () => {
    const tenant = await startUnified()
    await giveTemplate(tenant, { body: { text: 'old {{code}}' } })
    const rewrite = (answer: unknown) => {
      const { templates } = answer as { templates: object[] }
      return { templates: templates.map(template => ({ ...template, id: 'a/b?c' })) }
    }
    const proxy = await startFaults(tenant, [{ method: 'GET', path: TEMPLATES, rewrite }])
    await apply(proxy, verification('{{code}}!'))
    expect(brandingWrites(proxy)[0]?.path).toBe(`${TEMPLATES}/a%2Fb%3Fc`)
  })
})

test.each([1, 2, 3, 4, 5, 6])('the order of the list is no change (seed %i)', async seed => {
  const tenant = await startUnified({ seed })
  const file = texts({
    enrollment_message: { text: '{{code}} a', voice: 'a {{code}}' },
    verification_message: { text: '{{code}} b', voice: 'b {{code}}' },
  })
  expect(await sentFor(tenant, file)).toHaveLength(2)
  for (const _ of [1, 2, 3]) expect(await changes(tenant, file)).toEqual([])
})

describe('the name of the tenant', () => {
  test.each([
    ['{{tenant.friendly_name}}', '{{friendly_name}}'],
    ['{{ tenant.friendly_name | upcase }}', '{{ friendly_name | upcase }}'],
    ['{{- tenant.friendly_name -}}', '{{- friendly_name -}}'],
    ['{{tenant.friendly_name}} or {{tenant.friendly_name}}', '{{friendly_name}} or {{friendly_name}}'],
    ['{% if tenant.friendly_name %}x{% endif %}', '{% if friendly_name %}x{% endif %}'],
    ['{%\nif tenant.friendly_name\n%}x{% endif %}', '{%\nif friendly_name\n%}x{% endif %}'],
    [
      '{{ tenant.friendly_name | append: tenant.friendly_name }}',
      '{{ friendly_name | append: friendly_name }}',
    ],
    ['{{friendly_name}}', '{{friendly_name}}'],
    // Not the variable.
    ['tenant.friendly_name', 'tenant.friendly_name'],
    ['{{code}} tenant.friendly_name {{code}}', '{{code}} tenant.friendly_name {{code}}'],
    ['{{my.tenant.friendly_name}}', '{{my.tenant.friendly_name}}'],
    ['{{mytenant.friendly_name}}', '{{mytenant.friendly_name}}'],
    ['{{tenant.friendly_names}}', '{{tenant.friendly_names}}'],
    ['{{tenant.friendly_name-x}}', '{{tenant.friendly_name-x}}'],
    ['{{tenant_friendly_name}}', '{{tenant_friendly_name}}'],
    ['{{-code-}} {{-tenant.friendly_name-}}', '{{-code-}} {{-friendly_name-}}'],
    [
      `{{ 'tenant.friendly_name' }} {{ "}}" | append: tenant.friendly_name }}`,
      `{{ 'tenant.friendly_name' }} {{ "}}" | append: friendly_name }}`,
    ],
    [
      '{% raw %}{{tenant.friendly_name}}{% endraw %} {{tenant.friendly_name}}',
      '{% raw %}{{tenant.friendly_name}}{% endraw %} {{friendly_name}}',
    ],
  ])('%j is written and compared as %j', async (given, sent) => {
    const tenant = await startUnified()
    const [write] = await sentFor(
      tenant,
      verification({ text: `{{code}} ${given}`, voice: `{{code}}, ${given}` }),
    )
    expect(write?.body).toMatchObject({
      content: { body: { text: `{{code}} ${sent}`, voice: `{{code}}, ${sent}` } },
    })
  })

  test('a tenant that has the legacy word itself is changed', async () => {
    const tenant = await startUnified()
    await giveTemplate(tenant, { body: { text: '{{code}} {{tenant.friendly_name}}' } })
    const file = verification('{{code}} {{tenant.friendly_name}}')
    expect(await changes(tenant, file)).toEqual([
      `${VERIFICATION}: "{{code}} {{tenant.friendly_name}}" → "{{code}} {{friendly_name}}"`,
    ])
    expect(await sentFor(tenant, file)).toHaveLength(1)
  })

  test('a tenant that has the unified word is as the file has it', async () => {
    const tenant = await startUnified()
    await giveTemplate(tenant, { body: { text: '{{code}} {{friendly_name}}' } })
    expect(await changes(tenant, verification('{{code}} {{tenant.friendly_name}}'))).toEqual([])
  })
})

test('where the file has both a text and a voice, a plan has a line for each', async () => {
  const tenant = await startUnified()
  const planned = await changes(tenant, verification({ text: '{{code}}!', voice: 'Say {{code}}' }))
  expect(planned).toEqual([
    `${VERIFICATION}: ${JSON.stringify(TEXT)} → "{{code}}!"`,
    `${VERIFICATION}.voice: ${JSON.stringify(VOICE)} → "Say {{code}}"`,
  ])
  const document = json(await command(tenant, verification('{{code}}!'), 'plan'))
  expect(document.requests).toEqual([{ method: 'POST', path: TEMPLATES }])
})
