import http from 'node:http'
import https from 'node:https'
import type { Host } from '../../src/host.ts'
import { sender } from '../../src/http.ts'
import { wantedOf } from '../../src/plan/wanted.ts'
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

/** Writes values into a tenant without a plan: each resource that they belong to, as if nobody had ever set it. */
export async function makeTenant(url: string, values: Values): Promise<void> {
  const api = await apiAt(url)
  for (const setting of settingsOf(values.keys()))
    await setting.send(api, setting.request(undefined, wantedOf(setting, values)))
}
