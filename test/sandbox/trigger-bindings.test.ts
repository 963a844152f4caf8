import { describe, expect, test } from 'vitest'
import { startTenant } from './support/tenant.ts'

const path = '/actions/triggers/post-login/bindings'
const actions = ['One', 'Two', 'Three'].map(name => ({ trigger: 'post-login', name, code: `// ${name}` }))

describe('a page', () => {
  test.each([
    ['', [], '{"bindings":[],"per_page":20}'],
    ['?per_page=50', [], '{"bindings":[],"per_page":50}'],
    ['?page=0&per_page=100', [], '{"bindings":[],"per_page":100}'],
    ['?page=1&per_page=100', actions, '{"bindings":[],"page":1,"per_page":100}'],
  ])('without bindings leaves out what is zero: %j', async (query, actions, text) => {
    const tenant = await startTenant({ actions })
    expect(await tenant.get(path + query)).toMatchObject({ status: 200, text })
  })

  test.each([
    ['', ['One', 'Two', 'Three'], { total: 3, per_page: 20 }],
    ['?page=0&per_page=100', ['One', 'Two', 'Three'], { total: 3, per_page: 100 }],
    ['?page=0&per_page=2', ['One', 'Two'], { total: 3, per_page: 2 }],
    ['?page=1&per_page=2', ['Three'], { total: 3, page: 1, per_page: 2 }],
  ])('with bindings has them in order: %j', async (query, names, rest) => {
    const tenant = await startTenant({ actions })
    const { body } = await tenant.get(path + query)
    expect(body).toEqual({
      bindings: names.map(display_name => expect.objectContaining({ display_name })),
      ...rest,
    })
  })
})

test('a binding has its Action with the code that is deployed, in the order recorded', async () => {
  const tenant = await startTenant({ actions: actions.slice(0, 1) })
  const { text } = await tenant.get(path)
  const { bindings } = JSON.parse(text)
  expect(bindings).toMatchObject([
    {
      trigger_id: 'post-login',
      action: {
        name: 'One',
        supported_triggers: [{ id: 'post-login', version: 'v3' }],
        deployed_version: { code: '// One', runtime: 'node22', deployed: true, status: 'built' },
      },
      display_name: 'One',
    },
  ])
  const order = ['id', 'trigger_id', 'action', 'created_at', 'updated_at', 'display_name']
  expect(Object.keys(bindings[0])).toEqual(order)
  expect((await tenant.get(path)).text).toBe(text)
})

test('each trigger has its own, with ids of their own', async () => {
  const tenant = await startTenant({ actions: [...actions, { trigger: 'send-phone-message', name: 'Send' }] })
  const idsOf = async (trigger: string) => {
    const { bindings } = JSON.parse((await tenant.get(`/actions/triggers/${trigger}/bindings`)).text)
    return bindings.flatMap(({ id, action }: { id: string; action: { id: string } }) => [id, action.id])
  }
  const ids = [...(await idsOf('post-login')), ...(await idsOf('send-phone-message'))]
  expect(ids).toHaveLength(8)
  expect(new Set(ids).size).toBe(8)
  expect(await idsOf('custom-phone-provider')).toEqual([])
})
