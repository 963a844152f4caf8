import { startTenant, type TestTenant } from '../../support/sandbox.ts'
import { FULL_FILE } from '../../tenant/support/full-file.ts'
import { TENANT } from './planted.ts'

/** Kinds of tenants, each with secrets of its own, and a file with every secret that it takes. */
export const TENANTS = {
  legacy: { start: legacyTenant, file: FULL_FILE },
  // Its texts are of another form.
  unified: { start: unifiedTenant, file: FULL_FILE.replace(/ {4}templates:\n( {6}.*\n)+/, '') },
}
export type TenantKind = keyof typeof TENANTS

async function legacyTenant(): Promise<TestTenant> {
  const tenant = await startTenant()
  await tenant.put('/guardian/factors/phone/providers/twilio', {
    sid: 'AC-of-the-tenant',
    auth_token: TENANT.auth_token,
    from: '+15550000000',
  })
  await withDuo(tenant)
  return tenant
}

async function unifiedTenant(): Promise<TestTenant> {
  const tenant = await startTenant({ unifiedPhone: true })
  await tenant.post('/branding/phone/providers', {
    name: 'twilio',
    configuration: { sid: 'AC-of-the-tenant', default_from: '+15550000000', delivery_methods: ['text'] },
    credentials: { auth_token: TENANT.auth_token },
  })
  await withDuo(tenant)
  return tenant
}

async function withDuo(tenant: TestTenant): Promise<void> {
  await tenant.put('/guardian/factors/duo/settings', {
    host: 'api.duo.test',
    ikey: 'DI-of-the-tenant',
    skey: TENANT.skey,
  })
}
