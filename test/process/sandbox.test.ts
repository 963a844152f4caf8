import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyFolder } from '../support/cli.ts'
import { startServer } from '../tenant/support/server.ts'
import { type Running, runProgram, start } from './support/program.ts'

/** The sandbox as a process: where it is, and its end by Ctrl-C. */
async function serve(args: string[], cwd = emptyFolder()) {
  const running = await start(['sandbox', '--port', '0', ...args], { cwd })
  const [banner, url = ''] = await running.printed(/^A sandbox tenant at (\S+) [\s\S]*SECRET=.*\n/)
  return { ...running, banner, url, stop: () => stop(running) }
}

async function stop({ child, ended }: Running) {
  child.kill('SIGINT')
  return ended
}

async function policyAt(url: string, set?: string[]): Promise<unknown> {
  const answer = await fetch(`${url}/api/v2/guardian/policies`, {
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    ...(set && { method: 'PUT', body: JSON.stringify(set) }),
  })
  return answer.json()
}

/** The permissions of a file, as `600`. */
function modeOf(...path: string[]): string {
  return (statSync(join(...path)).mode & 0o777).toString(8)
}

describe('a sandbox that is served', () => {
  test('says where it is, and what leads to it, until Ctrl-C', async () => {
    const { banner, url, stop } = await serve([])
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(banner).toBe(`A sandbox tenant at ${url} (nothing is kept). Ctrl-C ends it.

export AUTH0_DOMAIN=${url}
export AUTH0_CLIENT_ID=sandbox
export AUTH0_CLIENT_SECRET=sandbox
`)
    const env = Object.fromEntries(
      [...banner.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    )
    const plan = await runProgram(['plan', '-c', '-', '--detailed-exitcode'], {
      env,
      stdin: 'policy: always',
    })
    expect(plan).toMatchObject({ code: 2, err: '' })

    expect(await stop()).toEqual({ code: 0, signal: null, out: banner, err: '' })
    await expect(fetch(url)).rejects.toThrow()
  })

  test('tells its requests with --debug', async () => {
    const { url, stop } = await serve(['--debug'])
    await policyAt(url)
    expect((await stop()).err).toMatch(/^GET \/api\/v2\/guardian\/policies 200 \d+ ms\n$/)
  })

  test('keeps its state over a restart, for this user alone', async () => {
    const cwd = emptyFolder()
    const first = await serve(['--state', 'kept/tenant.json'], cwd)
    expect(first.banner).toMatch(`(kept in ${join(cwd, 'kept/tenant.json')})`)
    await policyAt(first.url, ['all-applications'])
    await first.stop()
    expect(modeOf(cwd, 'kept/tenant.json')).toBe('600')

    const second = await serve(['--state', 'kept/tenant.json'], cwd)
    expect(await policyAt(second.url)).toEqual(['all-applications'])
    await second.stop()

    const third = await serve(['--state', 'kept/tenant.json', '--reset'], cwd)
    expect(await policyAt(third.url)).toEqual([])
    await third.stop()
  })

  test('keeps nothing without a state', async () => {
    const cwd = emptyFolder()
    const first = await serve([], cwd)
    await policyAt(first.url, ['all-applications'])
    await first.stop()
    expect(readdirSync(cwd)).toEqual([])
  })
})

describe('what it cannot use is a sentence', () => {
  test('a port that is taken', async () => {
    const { name } = await startServer()
    const port = name.split(':')[1] ?? ''
    expect(await runProgram(['sandbox', '--port', port])).toMatchObject({
      code: 1,
      out: '',
      err: `Error: Port ${port} is in use. Take another with --port.\n`,
    })
  })

  test.each([
    ['70000', /^Error: Port 70000 does not exist: ports end at 65535\. Take another with --port\.\n$/],
    ['http', /^Error: .*'http' is invalid.*It must be a whole number\.\n$/],
    ['-1', /^Error: .*It must be a whole number\.\n$/],
  ])('the port %s', async (port, sentence) => {
    const { code, err } = await runProgram(['sandbox', `--port=${port}`])
    expect(err).toMatch(sentence)
    expect(code).toBe(1)
  })

  test.each([
    ['{', 'it is not JSON'],
    ['{"format":"something-else/1"}', 'it is not of the format mfa-config/sandbox/1'],
  ])('a state file that holds %s', async (content, why) => {
    const cwd = emptyFolder()
    const files = { 'state.json': content }
    const served = await runProgram(['sandbox', '--port', '0', '--state', 'state.json'], { cwd, files })
    expect(served).toMatchObject({
      code: 1,
      out: '',
      err: `Error: The sandbox cannot use its state file ${join(cwd, 'state.json')}: ${why}. Start it with --reset to begin afresh.\n`,
    })
    // It is left for its owner to look at.
    expect(readFileSync(join(cwd, 'state.json'), 'utf8')).toBe(content)
  })

  test('the state of a folder that cannot be read', async () => {
    const { code, err } = await runProgram(['plan', '-c', '-', '--domain', 'sandbox'], {
      files: { '.mfa-config/sandbox.json': 'not a state' },
      stdin: 'policy: never',
    })
    expect(err).toMatch(
      /^Error: The sandbox cannot use its state file .*: it is not JSON\. Start it with --reset/,
    )
    expect(code).toBe(1)
  })

  test('a folder that has no place for it', async () => {
    const { code, err } = await runProgram(['plan', '-c', '-', '--domain', 'sandbox'], {
      files: { '.mfa-config': 'a file' },
      stdin: 'policy: never',
    })
    expect(err).toMatch(/^Error: The sandbox has no place for its state in this folder: EEXIST.*\n$/)
    expect(code).toBe(1)
  })

  test('a state that cannot be emptied', async () => {
    const { code, err } = await runProgram(['sandbox', '--reset', '--state', '.'])
    expect(err).toMatch(/^Error: The state in \/.* cannot be emptied: .*\n$/)
    expect(code).toBe(1)
  })
})

describe('the sandbox of a folder', () => {
  const file = { 'mfa-config.yaml': 'policy: always\nfactors: { otp: true, recovery-code: true }\n' }
  const own = ['--domain', 'sandbox']

  test('is planned for, applied to, and then as the file has it', async () => {
    const cwd = emptyFolder()
    const command = (...args: string[]) => runProgram([...args, ...own], { cwd, files: file })
    expect(await command('plan', '--detailed-exitcode')).toMatchObject({
      code: 2,
      err: '',
      out: expect.stringMatching(/^sandbox\n\n {2}~ factors\.otp\.enabled/),
    })
    expect(await command('apply', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/3 changes applied, read back and as it should be\.\n$/),
      err: expect.stringMatching(/^What the tenant had before is saved in \.mfa-config\/snapshots\/\S+\n$/),
    })
    expect(await command('plan', '--detailed-exitcode')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('No changes: the tenant is as the file has it.'),
    })
  })

  test('keeps what is its own for this user alone, and out of git', async () => {
    const cwd = emptyFolder()
    await runProgram(['apply', '--yes', ...own], { cwd, files: file })
    const folder = join(cwd, '.mfa-config')
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n')
    expect([modeOf(folder), modeOf(folder, 'snapshots')]).toEqual(['700', '700'])
    const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const [snapshot = ''] = kept.filter(name => name.endsWith('.yaml'))
    expect(kept.sort()).toEqual(['.gitignore', 'sandbox.json', 'snapshots', snapshot])
    expect(kept.filter(name => name !== 'snapshots').map(name => modeOf(folder, name))).toEqual([
      '600',
      '600',
      '600',
    ])
    // The snapshot is the way back, which takes protection away.
    const args = ['apply', '--yes', '--allow', 'P06', '-c', `.mfa-config/${snapshot}`]
    const back = await runProgram([...args, ...own], { cwd })
    expect(back).toMatchObject({ code: 0, out: expect.stringMatching(/3 changes applied/) })
  })

  test('has its secrets sealed', async () => {
    const cwd = emptyFolder()
    const auth_token = 'planted-where-it-is-kept'
    const applied = await runProgram(['apply', '--yes', '-c', '-', ...own], {
      cwd,
      env: { TOKEN: auth_token },
      stdin: 'factors: { phone: { twilio: { sid: AC1, auth_token: "${TOKEN}", from: "+1555" } } }',
    })
    expect(applied.code).toBe(0)
    const folder = join(cwd, '.mfa-config')
    expect(readFileSync(join(folder, 'sandbox.json'), 'utf8')).not.toMatch(auth_token)
    expect(modeOf(folder, 'sandbox.json.key')).toBe('600')
    // And it still knows them.
    const planned = await runProgram(['plan', '-c', '-', '--detailed-exitcode', ...own], {
      cwd,
      env: { TOKEN: auth_token },
      stdin: 'factors: { phone: { twilio: { auth_token: "${TOKEN}" } } }',
    })
    expect(planned.code).toBe(0)
  })

  test('is emptied with --reset, and nothing is served', async () => {
    const cwd = emptyFolder()
    await runProgram(['apply', '--yes', ...own], { cwd, files: file })
    expect(await runProgram(['sandbox', '--reset'], { cwd })).toEqual({
      code: 0,
      signal: null,
      out: '',
      err: 'The sandbox of this folder is empty.\n',
    })
    expect(existsSync(join(cwd, '.mfa-config/sandbox.json'))).toBe(false)
    const planned = await runProgram(['plan', '--detailed-exitcode', ...own], { cwd })
    expect(planned.code).toBe(2)
  })
})
