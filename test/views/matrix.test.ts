import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENTRIES } from '../../src/settings/catalogue.ts'
import { columns } from '../../src/views/columns.ts'
import { type MatrixTenant, renderMatrix } from '../../src/views/matrix.ts'
import { type Paint, PLAIN } from '../../src/views/paint.ts'

/** Shows what stands out, in one letter. */
const MARKED: Paint = {
  ...PLAIN,
  bold: text => `<b>${text}</b>`,
  dim: text => `<d>${text}</d>`,
  yellow: text => `<y>${text}</y>`,
}

function tenant(name: string, cells: Readonly<Record<string, string>>): MatrixTenant {
  return { name, cells: new Map(Object.entries(cells)) }
}

/** As many tenants as asked for, `t1` and on, the same but for what is said of one by its number. */
function fleet(
  count: number,
  same: Record<string, string>,
  but: Record<number, Record<string, string>> = {},
) {
  return Array.from({ length: count }, (_, i) => tenant(`t${i + 1}`, { ...same, ...but[i + 1] }))
}

function drawn(tenants: readonly MatrixTenant[], width?: number, paint = PLAIN): string {
  return renderMatrix(tenants, paint, width).join('\n')
}

const OTP = 'factors.otp.enabled'

describe('a matrix', () => {
  test('has a row for each setting, in the order in which people read them, and a column for each tenant', () => {
    const tenants = [
      tenant('dev', { 'factors.new.enabled': 'on', policy: 'never', [OTP]: 'on' }),
      tenant('staging', { policy: 'always', [OTP]: 'on', 'factors.phone.enabled': 'off → on' }),
      tenant('prod', { policy: 'always', [OTP]: 'on' }),
    ]
    expect(drawn(tenants)).toBe(
      `
                           dev    staging   prod
    factors.otp.enabled    on     on        on
  ≠ factors.phone.enabled  ·      off → on  ·
  ≠ policy                 never  always    always
  ≠ factors.new.enabled    on     ·         ·

3 of 4 settings differ between 3 tenants.`.slice(1),
    )
  })

  test.each([
    ['one tenant', [tenant('dev', { policy: 'never' })]],
    ['no tenants', []],
    ['tenants of which nothing is said', [tenant('dev', {}), tenant('prod', {})]],
  ])('is not there for %s', (_, tenants) => {
    expect(renderMatrix(tenants, PLAIN, undefined)).toEqual([])
  })

  test.each([
    [{ policy: 'never' }, '0 of 1 setting differs between 2 tenants.'],
    [{ policy: 'always' }, '1 of 1 setting differs between 2 tenants.'],
    [{ policy: 'always', [OTP]: 'on' }, '2 of 2 settings differ between 2 tenants.'],
  ])('counts what differs: %j', (cells, sentence) => {
    const lines = renderMatrix([tenant('dev', { policy: 'never' }), tenant('prod', cells)], PLAIN, 80)
    expect(lines.at(-1)).toBe(sentence)
  })

  test('has what is wide and what is hidden in straight columns', () => {
    const tenants = [
      tenant('日本', { policy: '\u001b[31mnever', [OTP]: 'ü' }),
      tenant('b\n', { policy: '', [OTP]: '👍🏽' }),
      tenant('c', { policy: ' x ', [OTP]: '🇩🇪', 設定: '1' }),
    ]
    expect(drawn(tenants)).toBe(
      `
                         日本             b\\u000a  c
  ≠ factors.otp.enabled  ü                👍🏽       🇩🇪
  ≠ policy               \\u001b[31mnever  ""       x
  ≠ 設定                 ·                ·        1

3 of 3 settings differ between 3 tenants.`.slice(1),
    )
  })
})

describe('a text too long for a cell', () => {
  const begin = 'Your code is {{code}}, '

  test('is cut', () => {
    const tenants = [tenant('dev', { policy: begin + begin }), tenant('prod', { policy: 'always' })]
    expect(drawn(tenants)).toContain('≠ policy  Your code is {{code}}, …  always\n')
  })

  test('has a number where another would look the same', () => {
    const texts = ['a', 'b', 'a', 'c'].map(end => `${begin}for ${end}`)
    const tenants = texts.map((text, i) => tenant(`t${i + 1}`, { policy: text }))
    expect(drawn(tenants, 120)).toContain(
      '≠ policy  Your code is {{code}}, …  Your code is {{code}… #2  Your code is {{code}}, …  Your code is {{code}… #3\n',
    )
  })

  test('has one, too, where it would look like what is missing', () => {
    expect(drawn([tenant('dev', { policy: '·' }), tenant('prod', {})])).toContain('≠ policy  · #2  ·\n')
  })

  test('is cut further before a tenant has no place', () => {
    const tenants = ['a', 'b', 'c'].map(end => tenant(end, { policy: `${begin}for ${end}` }))
    expect(drawn(tenants, 66)).toBe(
      `
            a                 b                 c
  ≠ policy  Your code is {{…  Your code is… #2  Your code is… #3

1 of 1 setting differs between 3 tenants.`.slice(1),
    )
  })
})

describe('colours', () => {
  test('are for what is not as most have it; what all have is dim', () => {
    const tenants = fleet(3, { [OTP]: 'on', policy: 'always' }, { 2: { policy: 'never', 'session.x': '1' } })
    expect(drawn(tenants, 80, MARKED)).toBe(
      `
                         <b>t1</b>      <b>t2</b>     <b>t3</b>
<d>    factors.otp.enabled  on      on     on</d>
  <y>≠</y> policy               always  <b><y>never</y></b>  always
  <y>≠</y> session.x            <d>·</d>       <b><y>1</y></b>      <d>·</d>

2 of 3 settings differ between 3 tenants.`.slice(1),
    )
  })

  test('are for all where no value has the most', () => {
    const four = ['a', 'a', 'b', 'b'].map((policy, i) => tenant(`t${i}`, { policy }))
    const out = (text: string): string => `<b><y>${text}</y></b>`
    const row = (tenants: readonly MatrixTenant[]): string => drawn(tenants, 80, MARKED).split('\n')[1] ?? ''
    expect(row(four)).toContain(['a', 'a', 'b', 'b'].map(out).join('   '))
    expect(row([...four, tenant('t4', {})])).toContain(out('·'))
    expect(row([...four, tenant('t4', { policy: 'a' })])).toContain(`a   a   ${out('b')}   ${out('b')}   a`)
  })

  test('are for what most have and one has not', () => {
    const tenants = [...fleet(2, { policy: 'off → on' }), tenant('t3', {})]
    expect(drawn(tenants, 80, MARKED)).toContain('off → on  <b><y>·</y></b>')
  })
})

describe('more tenants than fit', () => {
  test('share columns where they are alike, the most first, and are named below', () => {
    const never = { policy: 'never' }
    const tenants = fleet(30, { [OTP]: 'on', policy: 'always' }, { 1: never, 2: { [OTP]: 'off' }, 30: never })
    expect(drawn(tenants, 60)).toBe(
      `
                         A (27)  B (2)  t2
  ≠ factors.otp.enabled  on      on     off
  ≠ policy               always  never  always

  A (27)  t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13,
          t14, t15, t16, t17, t18, t19, t20, t21, t22, t23,
          t24, t25, t26, t27, t28, t29
  B (2)   t1, t30

2 of 2 settings differ between 30 tenants.`.slice(1),
    )
  })

  test('stand out by how many tenants there are, not how many columns', () => {
    const same = { [OTP]: 'on', policy: 'always' }
    const never = { policy: 'never' }
    const tenants = fleet(30, same, { 1: never, 2: { ...never, [OTP]: 'off' }, 3: { ...never, x: '1' } })
    expect(drawn(tenants, 60, MARKED)).toMatch(/policy +always {2,}(<b><y>never<\/y><\/b> *){3}\n/)
  })

  test('have several tables where no two are alike; what is the same is in the first alone', () => {
    const tenants = Array.from({ length: 4 }, (_, i) =>
      tenant(`tenant-${i}`, { [OTP]: 'on', policy: `${i}` }),
    )
    expect(drawn(tenants, 45)).toBe(
      `
                         tenant-0  tenant-1
    factors.otp.enabled  on        on
  ≠ policy               0         1

                         tenant-2  tenant-3
  ≠ policy               2         3

1 of 2 settings differs between 4 tenants.`.slice(1),
    )
  })

  test('have long paths on several lines in a narrow terminal', () => {
    const path = 'factors.push-notification.sns.sns_apns_platform_application_arn'
    expect(drawn(fleet(2, { [path]: 'a' }, { 2: { [path]: 'b' } }), 40)).toBe(
      `
                                  t1  t2
  ≠ factors.push-notification.    a   b
      sns.sns_apns_platform_
      application_arn

1 of 1 setting differs between 2
tenants.`.slice(1),
    )
  })

  test('have a path that cannot be broken between words broken anywhere, in its own column', () => {
    expect(drawn(fleet(2, { [`日本${'x'.repeat(30)}`]: 'fourteen wide.' }), 40)).toBe(
      `
                          A (2)
    日本xxxxxxxxxxxxxx    fourteen wide.
      xxxxxxxxxxxxxxxx

  A (2)  t1, t2

0 of 1 setting differs between 2
tenants.`.slice(1),
    )
  })

  test('are named below where a name alone is too long', () => {
    const long = 'tenant-'.repeat(6)
    expect(drawn([tenant(long, { policy: 'a' }), tenant('b', { policy: 'b' })], 40)).toBe(
      `
            A (1)  b
  ≠ policy  a      b

  A (1)  tenant-tenant-tenant-tenant-ten
         ant-tenant-

1 of 1 setting differs between 2
tenants.`.slice(1),
    )
  })
})

describe('any matrix', () => {
  const text = fc.oneof(
    fc.constantFrom('on', 'off', 'always', 'off → on', '·', '日本語'),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  )
  const path = fc.oneof(fc.constantFrom(...ENTRIES.map(entry => entry.path)), fc.string({ maxLength: 70 }))
  const tenants = fc
    .uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,50}$/), { minLength: 2, maxLength: 40 })
    .chain(names =>
      fc
        .array(fc.dictionary(path, text, { maxKeys: 6 }), { minLength: 1, maxLength: 4 })
        .chain(kinds =>
          fc.tuple(...names.map(name => fc.constantFrom(...kinds).map(cells => tenant(name, cells)))),
        ),
    )
  const width = fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined })

  test('has no line that is too long or ends with a space', () => {
    fc.assert(
      fc.property(tenants, width, (some, room) => {
        for (const line of renderMatrix(some, PLAIN, room)) {
          expect(columns(line)).toBeLessThanOrEqual(Math.max(30, room ?? 120))
          expect(line).toBe(line.trimEnd())
        }
      }),
    )
  })

  test('names every tenant', () => {
    fc.assert(
      fc.property(tenants, width, (some, room) => {
        const lines = renderMatrix(some, PLAIN, room)
        fc.pre(lines.length > 0)
        const shown = lines.join('').replaceAll(' ', '')
        for (const { name } of some) expect(shown).toContain(name)
      }),
    )
  })

  test('has a text of its own for every value, and all that differ from the most stand out', () => {
    const values = fc.uniqueArray(text, { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(values, width, ([most = '', ...others], room) => {
        const all = [most, most, ...others].map((policy, i) => tenant(`t${i}`, { policy }))
        const shown = renderMatrix(all, MARKED, room).join('\n')
        const out = shown.match(/(?<=<b><y>).*?(?=<\/y><\/b>)/g)
        expect(new Set(out).size).toBe(others.length)
      }),
    )
  })
})

test.each([40, undefined])('a thousand tenants are drawn in well under a second, width %s', width => {
  const extra = Array.from({ length: 10 }, (_, i) => `factors.new-${i}.enabled`)
  const paths = [...ENTRIES.map(({ path }) => path), ...extra]
  const tenants = Array.from({ length: 1000 }, (_, i) =>
    tenant(
      `tenant-${i}`,
      Object.fromEntries(paths.map((path, j) => [path, (i * j) % 37 === 1 ? 'off' : 'on'])),
    ),
  )
  const before = performance.now()
  const shown = drawn(tenants, width)
  // Less than 0.2 s where nothing else is going on; other tests run at the same time.
  expect(performance.now() - before).toBeLessThan(1000)
  expect(shown).toContain('tenant-999')
})
