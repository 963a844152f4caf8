import { describe, expect, test } from 'vitest'
import { startTenant } from './support/tenant.ts'

const given = [
  { trigger: 'post-login', name: 'Log in' },
  { trigger: 'custom-phone-provider', name: 'Send' },
  { trigger: 'post-login', name: 'Log more' },
]

describe('the list of Actions', () => {
  test.each([
    ['', ['Log in', 'Send', 'Log more']],
    ['?triggerId=post-login', ['Log in', 'Log more']],
    ['?triggerId=custom-phone-provider&deployed=true', ['Send']],
    ['?triggerId=custom-email-provider', []],
    ['?actionName=Send', ['Send']],
    ['?deployed=false', []],
    ['?per_page=2', ['Log in', 'Send']],
    ['?per_page=2&page=1', ['Log more']],
  ])('%j has %j', async (query, names) => {
    const tenant = await startTenant({ actions: given })
    const { status, body } = await tenant.get(`/actions/actions${query}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      actions: names.map(name => ({ name, deployed_version: { status: 'built' } })),
    })
  })

  test('has the ids that bindings name', async () => {
    const tenant = await startTenant({ actions: given })
    const { body } = await tenant.get('/actions/triggers/custom-phone-provider/bindings')
    const list = await tenant.get('/actions/actions?triggerId=custom-phone-provider')
    const idIn = (text: unknown): unknown => JSON.stringify(text).match(/"id":"(00000002[^"]*)"/)?.[1]
    expect(idIn(list.body)).toBe(idIn(body))
  })
})
