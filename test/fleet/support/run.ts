import { setMaxListeners } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { main } from '../../../src/cli.ts'
import type { Host } from '../../../src/host.ts'
import { sender } from '../../../src/http.ts'
import { emptyFolder, writeFiles } from '../../support/cli.ts'
import type { Clock } from './clock.ts'

interface Circumstances {
  readonly files: Record<string, string>
  readonly env: Record<string, string>
  /** Absent: waiting takes no time. */
  readonly clock?: Clock
}

/** A command line that is being run. */
export interface Running {
  readonly ended: Promise<number>
  readonly cwd: string
  readonly out: () => string
  readonly err: () => string
  /** Everything that progress has shown, in turn. */
  readonly progress: readonly string[]
  /** How many tenants had a request under way at once, at most; and how many requests each had, by its URL's host. */
  readonly most: () => { readonly tenants: number; readonly requests: ReadonlyMap<string, number> }
}

/** Starts a command line in this process, over real HTTP, and counts what is under way at once. */
export async function start(args: readonly string[], { files, env, clock }: Circumstances): Promise<Running> {
  const cwd = emptyFolder()
  await writeFiles(cwd, files)
  const written = { out: '', err: '' }
  const progress: string[] = []
  const send = sender({ http, https, env })
  const underWay = new Map<string, number>()
  const most = { tenants: 0, requests: new Map<string, number>() }
  const count = (tenant: string, change: 1 | -1): void => {
    underWay.set(tenant, (underWay.get(tenant) ?? 0) + change)
    const own = underWay.get(tenant) ?? 0
    most.requests.set(tenant, Math.max(own, most.requests.get(tenant) ?? 0))
    most.tenants = Math.max(most.tenants, [...underWay.values()].filter(number => number > 0).length)
  }
  const unasked = (): never => {
    throw new Error('There is nobody to ask.')
  }
  const interrupt = new AbortController().signal
  // As in `bin/`: every read that is under way listens.
  setMaxListeners(0, interrupt)
  const host: Host = {
    cwd,
    env,
    terminal: { in: false, out: false, err: false },
    interrupt,
    runsTypeScript: false,
    stdin: unasked,
    confirm: unasked,
    choose: unasked,
    out: text => {
      written.out += text
    },
    err: text => {
      written.err += text
    },
    progress: text => {
      progress.push(text)
      return { tell: text => void progress.push(text), stop: () => {} }
    },
    send: async request => {
      const tenant = new URL(request.url).host
      count(tenant, 1)
      try {
        return await send(request)
      } finally {
        count(tenant, -1)
      }
    },
    now: clock?.now ?? Date.now,
    wait: clock?.wait ?? (async () => {}),
  }
  return {
    ended: main(args, host),
    cwd,
    out: () => written.out,
    err: () => written.err,
    progress,
    most: () => most,
  }
}
