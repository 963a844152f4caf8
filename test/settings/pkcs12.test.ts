import { expect, test } from 'vitest'
import { inspectPkcs12 } from '../../src/settings/pkcs12.ts'
import { json, run } from '../support/cli.ts'
import { PKCS12 } from '../support/pkcs12.ts'

const NOW = Date.UTC(2026, 0, 1)

test.each([
  ['AES', PKCS12.aes],
  ['Triple DES', PKCS12.tripleDes],
])('a certificate encrypted with %s and without a password is good', async (_, base64) => {
  expect(await inspectPkcs12(base64, NOW)).toBeUndefined()
})

test.each([
  [
    'protected with a password',
    PKCS12.withPassword,
    /protected with a password\. Export it again without one/,
  ],
  ['encrypted with RC2', PKCS12.rc2, /encryption is outdated/],
  ['without its key', PKCS12.withoutKey, /holds a certificate and its key/],
  ['cut off', PKCS12.aes.slice(0, 400), /is no PKCS #12 file/],
  ['something else', Buffer.from('hello').toString('base64'), /is no PKCS #12 file/],
  ['nothing', '', /is no PKCS #12 file/],
  ['no base64', 'not base64!', /is not base64/],
  ['base64 on several lines', PKCS12.aes.replace(/.{76}/g, '$&\n'), /is not base64 on one line/],
  ['base64 without its end', PKCS12.aes.slice(0, -1), /is not base64/],
])('one that is %s is told', async (_, base64, says) => {
  expect(await inspectPkcs12(base64, NOW)).toMatch(says)
})

test('one that has expired is told, with the day', async () => {
  const after = Date.UTC(2127, 0, 1)
  expect(await inspectPkcs12(PKCS12.aes, after)).toMatch(/^The certificate expired on .*2126 GMT\. /)
})

const FILE = 'factors: { push-notification: { apns: { p12: "${file:push.p12}" } } }'

test.each([
  ['good', PKCS12.aes, Date.UTC(2026, 0, 1), []],
  ['of no use', PKCS12.rc2, Date.UTC(2026, 0, 1), ['U04']],
  ['expired by the clock of the run', PKCS12.aes, Date.UTC(2127, 0, 1), ['U04']],
])('validate judges the file of a certificate that is %s, as U04', async (_, base64, now, ids) => {
  const files = { 'mfa-config.yaml': FILE, 'push.p12': Buffer.from(base64, 'base64') }
  const { code, out } = await run(['validate', '--json'], { files, now: () => now })
  expect(code).toBe(ids.length > 0 ? 3 : 0)
  expect(JSON.parse(out).findings.map(({ check }: { check: string }) => check)).toEqual(ids)
})

test('validate --unset-ok does not judge one that is not there', async () => {
  const outcome = await run(['validate', '--json', '--unset-ok'], { files: { 'mfa-config.yaml': FILE } })
  expect(json(outcome)).toMatchObject({ findings: [] })
})
