import type { ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { type Act, silence, startServer } from '../tenant/support/server.ts'
import { preloaded, type Start, start } from './support/program.ts'

const FILES = { 'mfa-config.yaml': 'policy: always\nfactors: { otp: true, recovery-code: true }\n' }

/** Tells when Ctrl-C has come, so that a test knows that what follows is later. */
const HEARING = preloaded('process.on("SIGINT", () => process.stderr.write("Heard.\\n"))')
const HEARD = 'Heard.\n'

/** Starts the program, and waits until a server has a request of it. */
async function startUntil(request: string, args: string[], script: Record<string, Act>, given: Start = {}) {
  const server = await startServer(script)
  const running = await start(args, { env: { ...server.env, ...HEARING }, files: FILES, ...given })
  await vi.waitFor(() => expect(server.lines()).toContain(request), { timeout: 10_000, interval: 10 })
  return { server, ...running }
}

describe('Ctrl-C while it reads ends it with one sentence', () => {
  test.each(['POST /oauth/token', 'GET /guardian/policies'])('%s', async request => {
    const { child, ended } = await startUntil(request, ['plan'], { [request]: silence })
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, signal: null, out: '', err: `${HEARD}Error: Interrupted.\n` })
  })

  test('and so does the end that CI and containers put to a job', async () => {
    const request = 'GET /guardian/policies'
    const { child, ended } = await startUntil(request, ['plan'], { [request]: silence })
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 130, signal: null, out: '', err: 'Error: Interrupted.\n' })
  })

  test.each(['show', 'apply'])('%s, as a document', async command => {
    const request = 'GET /guardian/factors'
    const args = [command, '--json', ...(command === 'apply' ? ['--yes'] : [])]
    const { child, ended, server } = await startUntil(request, args, { [request]: silence })
    child.kill('SIGINT')
    const { code, out, err } = await ended
    expect({ code, err }).toEqual({ code: 130, err: HEARD })
    expect(JSON.parse(out)).toMatchObject({
      format: 'mfa-config/error/1',
      error: { code: 'interrupted', message: 'Interrupted.' },
    })
    expect(server.lines().filter(line => /^(PUT|PATCH)/.test(line))).toEqual([])
  })

  test('while it waits for the rate limit', async () => {
    const request = 'GET /guardian/policies'
    const { child, ended, printed, server } = await startUntil(request, ['plan'], {
      [request]: { status: 429, headers: { 'retry-after': '55' } },
    })
    await printed(/Waiting 55 s/)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({
      code: 130,
      err: `Waiting 55 s (rate limit).\n${HEARD}Error: Interrupted.\n`,
    })
    expect(server.lines().filter(line => line === request)).toHaveLength(1)
  })

  test('while it waits for a configuration on standard input', async () => {
    const server = await startServer()
    // Tells when Ctrl-C is listened to.
    const preload = 'process.on("newListener",name=>name==="SIGINT"&&process.stdout.write("listening"))'
    const { child, ended, printed } = await start(['plan', '-c', '-'], {
      env: { ...server.env, ...preloaded(preload) },
      stdin: null,
    })
    await printed(/listening/)
    await setTimeout(300)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 130, out: 'listening', err: 'Error: Interrupted.\n' })
    expect(server.got).toEqual([])
  })
})

describe('Ctrl-C while it writes', () => {
  const request = 'PUT /guardian/factors/recovery-code'

  /** An apply whose second write has no answer yet. */
  async function startWriting(args: string[]) {
    let held: ServerResponse | undefined
    const running = await startUntil(request, ['apply', '--yes', ...args], {
      [request]: response => {
        held = response
      },
    })
    return { ...running, answer: (status = 200) => held?.writeHead(status).end('{"enabled":true}') }
  }

  test('waits for the write that is under way, and tells what was made', async () => {
    const { child, ended, printed, answer, server } = await startWriting(['--json'])
    child.kill('SIGINT')
    await printed(/Heard/)
    // By then a program that does not wait would be gone.
    await setTimeout(200)
    expect(child.exitCode).toBeNull()
    answer()
    const { code, out } = await ended
    expect(code).toBe(130)
    expect(JSON.parse(out)).toMatchObject({
      format: 'mfa-config/apply/1',
      applied: [{ path: 'factors.otp.enabled' }, { path: 'factors.recovery-code.enabled' }],
      failed: [],
      notAttempted: [{ path: 'policy' }],
      verified: false,
      snapshot: expect.stringContaining('.mfa-config/snapshots/'),
      error: { code: 'interrupted', message: 'Interrupted before everything was written.' },
    })
    expect(server.lines()).not.toContain('PUT /guardian/policies')
  })

  test('tells people the same', async () => {
    const { child, ended, printed, answer } = await startWriting([])
    child.kill('SIGINT')
    await printed(/Heard/)
    answer()
    const { code, out } = await ended
    expect(code).toBe(130)
    expect(out).toMatch(/2 applied, 1 not attempted\. Interrupted before everything was written\.\n$/)
  })

  test('does not hide that the write under way failed', async () => {
    const { child, ended, printed, answer, server } = await startWriting(['--json'])
    child.kill('SIGINT')
    await printed(/Heard/)
    answer(500)
    const { code, out } = await ended
    expect(code).toBe(4)
    expect(JSON.parse(out)).toMatchObject({
      applied: [{ path: 'factors.otp.enabled' }],
      failed: [{ path: 'factors.recovery-code.enabled' }],
      notAttempted: [{ path: 'policy' }],
    })
    expect(server.lines()).not.toContain('PUT /guardian/policies')
  })

  test('a second time waits for nothing', async () => {
    const { child, ended, printed } = await startWriting([])
    child.kill('SIGINT')
    await printed(/Heard/)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 130 })
  })
})

test('Ctrl-C while it reads back tells that all was written', async () => {
  const reads: Act[] = [{ body: [{ name: 'otp', enabled: false }] }, silence]
  const server = await startServer({ 'GET /guardian/factors': reads })
  const { child, ended } = await start(['apply', '--yes', '-c', '-', '--json'], {
    env: server.env,
    stdin: 'factors: { otp: true }',
  })
  const reading = (): number => server.lines().filter(line => line === 'GET /guardian/factors').length
  await vi.waitFor(() => expect(reading()).toBe(2), { timeout: 10_000, interval: 10 })
  child.kill('SIGINT')
  const { code, out } = await ended
  expect(code).toBe(130)
  expect(JSON.parse(out)).toMatchObject({
    applied: [{ path: 'factors.otp.enabled' }],
    notAttempted: [],
    verified: false,
    error: { code: 'interrupted', message: 'All was written; interrupted while reading it back.' },
  })
})
