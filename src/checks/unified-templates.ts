import type { Check, Found } from './check.ts'
import { enumerate } from './file.ts'
import { type LiquidOutline, outline } from './liquid.ts'
import { TEMPLATES } from './templates.ts'

/** What Auth0 lists as supported ("Supported Liquid Syntax" of phone templates), and what belongs to it. */
const TAGS: ReadonlySet<string> = new Set(
  'for break continue cycle tablerow if unless elsif else case when assign increment decrement include layout raw comment'.split(
    ' ',
  ),
)
const FILTERS: ReadonlySet<string> = new Set(
  `plus minus modulo times floor ceil round divided_by abs at_least at_most append prepend capitalize upcase downcase
   strip lstrip rstrip strip_newlines split replace replace_first remove remove_first truncate truncatewords escape
   escape_once url_encode url_decode strip_html newline_to_br slice map sort sort_natural first last join reverse size
   date default`.split(/\s+/),
)

/** Variables of the legacy provider's templates, and what to write instead. `tenant.friendly_name` is translated. */
const LEGACY: readonly { readonly variable: RegExp; readonly name: string; readonly instead: string }[] = [
  { variable: /(?<![\w.-])tenant\.friendlyName\b/, name: 'tenant.friendlyName', instead: 'friendly_name' },
  { variable: /(?<![\w.-])requestInfo\.lang\b/, name: 'requestInfo.lang', instead: 'locale' },
  {
    // The tenant is a text there, its raw name.
    variable: /(?<![\w.-])tenant\s*(\[|\.(?!friendly_name\b|friendlyName\b))/,
    name: 'a field of tenant',
    instead: 'friendly_name, support_email and the like without tenant',
  },
  {
    variable: /(?<![\w.-])message_type\b/,
    name: 'message_type',
    instead: '{ text: …, voice: … } in place of the template',
  },
]

/** H12. Auth0's documentation of phone templates lists variables, tags and filters; others give nothing, or fail. */
export const unifiedTemplates: Check = {
  id: 'H12',
  title: 'A template has something that the unified phone experience does not list',
  severities: ['warning'],
  why: 'Variables of the legacy templates are empty there, and tags and filters that are not listed may fail.',
  remedy: 'Use what Auth0 lists under Supported Liquid Syntax for phone templates.',

  judge: ({ phone, config }) => {
    if (phone !== 'unified') return []
    return TEMPLATES.flatMap((path): Found[] => {
      const template = config.values.get(path)
      if (typeof template !== 'string') return []
      return problemsOf(outline(template)).map(message => ({ severity: 'warning', path, message }))
    })
  },
}

function problemsOf({ expressions, tags }: LiquidOutline): string[] {
  const texts = [...expressions, ...tags.map(({ given }) => given)]
  const unlisted = [
    // One without a name is a comment: `{% # … %}`.
    ...tags.flatMap(({ name }) => (name === '' || TAGS.has(name) ? [] : [`the tag ${name}`])),
    ...texts.flatMap(filtersIn).flatMap(name => (FILTERS.has(name) ? [] : [`the filter ${name}`])),
  ]
  return [
    ...LEGACY.filter(({ variable }) => texts.some(text => variable.test(text))).map(
      ({ name, instead }) =>
        `The template uses ${name}, which the unified phone experience does not have. Write ${instead}.`,
    ),
    ...(unlisted.length > 0
      ? [
          `The template uses ${enumerate([...new Set(unlisted)])}, which Auth0 does not list for phone templates. Do without.`,
        ]
      : []),
  ]
}

function filtersIn(expression: string): string[] {
  return expression
    .split('|')
    .slice(1)
    .flatMap(part => /^\s*(\w+)/.exec(part)?.[1] ?? [])
}
