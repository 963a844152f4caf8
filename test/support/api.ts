import http from 'node:http'
import https from 'node:https'
import type { Host } from '../../src/host.ts'
import { sender } from '../../src/http.ts'
import { wantedOf, wantedOn } from '../../src/plan/wanted.ts'
import { CATALOGUES } from '../../src/settings/catalogue.ts'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import type { Api } from '../../src/tenant/api.ts'
import { connect } from '../../src/tenant/connect.ts'
import { settingsOf } from './state.ts'
import type { Values } from './values.ts'

/** The API of a tenant as the program has it, over HTTP, with a token that may do everything. */
export async function apiAt(url: string): Promise<Api> {
  const unused = (): never => {
    throw new Error('The API of a tenant has no use for this.')
  }
  const host: Host = {
    cwd: '/',
    env: {},
    stdin: unused,
    out: unused,
    err: unused,
    terminal: { in: false, out: false, err: false },
    confirm: unused,
    choose: unused,
    progress: unused,
    send: sender({ http, https, env: {} }),
    now: Date.now,
    wait: async () => {},
    interrupt: new AbortController().signal,
    runsTypeScript: false,
  }
  const { api } = await connect(host, { name: 'tenant', origin: url }, { kind: 'token', accessToken: 'test' })
  return api
}

/**
 * Writes values into a tenant without a plan: each resource that they belong to, as if nobody had ever set it. The
 * message types of a unified phone that is off are left out: the provider need not cover them.
 */
export async function makeTenant(
  url: string,
  values: Values,
  phone: PhoneExperience = 'legacy',
): Promise<void> {
  const api = await apiAt(url)
  const catalogue = CATALOGUES[phone]
  const isIdle = phone === 'unified' && values.get('factors.phone.enabled') === false
  const given = new Map([...values].filter(([path]) => !isIdle || path !== 'factors.phone.message_types'))
  const wanted = wantedOn({ catalogue, readings: new Map() }, given)
  for (const setting of settingsOf(given.keys(), catalogue))
    await setting.send(api, setting.request(undefined, wantedOf(setting, wanted)))
}
