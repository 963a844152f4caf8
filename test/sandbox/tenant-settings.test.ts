import { expect, test } from 'vitest'
import { startTenant } from './support/tenant.ts'

const path = '/tenants/settings'
const fresh = {
  acr_values_supported: [],
  flags: { disable_management_api_sms_obfuscation: true, mfa_show_factor_list_on_enrollment: false },
  guardian_mfa_page: { enabled: false },
  phone_consolidated_experience: false,
  session_cookie: { mode: 'persistent' },
}

test('a new tenant has no word on customising MFA in Actions', async () => {
  const tenant = await startTenant()
  expect((await tenant.get(path)).text).toBe(JSON.stringify(fresh))
})

test('PATCH changes the fields that are sent and answers with all', async () => {
  const tenant = await startTenant()
  const sent = {
    customize_mfa_in_postlogin_action: true,
    session_lifetime: 24,
    country_codes: { list: ['CH'], mode: 'allow' },
  }
  const answer = await tenant.patch(path, sent)
  expect(answer).toMatchObject({ status: 200, body: { ...fresh, ...sent } })
  expect((await tenant.get(path)).text).toBe(answer.text)
})

test.each([
  [
    'flags merge',
    [{ flags: { mfa_show_factor_list_on_enrollment: true } }],
    { flags: { ...fresh.flags, mfa_show_factor_list_on_enrollment: true } },
  ],
  [
    'the page merges',
    [{ guardian_mfa_page: { html: '<p>' } }, { guardian_mfa_page: { enabled: true } }],
    { guardian_mfa_page: { enabled: true, html: '<p>' } },
  ],
  ['an empty page empties the page', [{ guardian_mfa_page: {} }], { guardian_mfa_page: {} }],
  [
    'other objects are replaced',
    [{ country_codes: { list: ['CH'] } }, { country_codes: { mode: 'deny' } }],
    { country_codes: { mode: 'deny' } },
  ],
  [
    'lists keep their order',
    [{ acr_values_supported: ['foo', 'bar'] }],
    { acr_values_supported: ['foo', 'bar'] },
  ],
  [
    'false is a value',
    [{ customize_mfa_in_postlogin_action: false }],
    { customize_mfa_in_postlogin_action: false },
  ],
])('%s', async (_, patches, changed) => {
  const tenant = await startTenant()
  for (const patch of patches) expect((await tenant.patch(path, patch)).status).toBe(200)
  expect((await tenant.get(path)).body).toEqual({ ...fresh, ...changed })
})

test.each([
  'acr_values_supported',
  'guardian_mfa_page',
  'customize_mfa_in_postlogin_action',
  'session_cookie',
  'country_codes',
])('null removes %s', async name => {
  const tenant = await startTenant()
  await tenant.patch(path, { customize_mfa_in_postlogin_action: true, country_codes: {} })
  await tenant.patch(path, { [name]: null })
  const left = { ...fresh, customize_mfa_in_postlogin_action: true, country_codes: {}, [name]: undefined }
  expect((await tenant.get(path)).body).toEqual(JSON.parse(JSON.stringify(left)))
})

test.each([
  ['?fields=flags,session_cookie', { flags: fresh.flags, session_cookie: fresh.session_cookie }],
  ['?fields=flags&include_fields=true', { flags: fresh.flags }],
  [
    '?fields=acr_values_supported,flags,guardian_mfa_page&include_fields=false',
    { phone_consolidated_experience: false, session_cookie: fresh.session_cookie },
  ],
  ['?fields=nothing', {}],
  ['?fields=', fresh],
])('GET %s shows a part', async (query, body) => {
  const tenant = await startTenant()
  expect((await tenant.get(path + query)).body).toEqual(body)
})
