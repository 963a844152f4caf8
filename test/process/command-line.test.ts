import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { builtProgram } from '../support/build.ts'
import { emptyFolder, writeFiles } from '../support/cli.ts'
import { startServer } from '../tenant/support/server.ts'
import { cleanEnv, preloaded, runProgram, start } from './support/program.ts'

const about: { version: string; description: string } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
)
const SANDBOX = ['--domain', 'sandbox']
const OTP = { 'mfa-config.yaml': 'factors: { otp: true }\n' }

test.each(['--version', '-V'])('%s prints the version', async flag => {
  expect(await runProgram([flag])).toEqual({ code: 0, signal: null, out: `${about.version}\n`, err: '' })
})

test.each(['--help', '-h'])('%s prints what there is, to standard output', async flag => {
  const { code, out, err } = await runProgram([flag])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(`Usage: mfa-config`)
  expect(out.replace(/\s+/g, ' ')).toMatch(about.description)
  for (const command of ['show', 'plan', 'apply', 'validate', 'schema', 'sandbox']) {
    expect(out).toMatch(new RegExp(`^ +${command} `, 'm'))
  }
})

test('a command has a help of its own', async () => {
  const { code, out, err } = await runProgram(['plan', '--help'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch('--detailed-exitcode')
})

describe('the shell sees how it went', () => {
  test.each<[string, string[], Record<string, string>, number]>([
    ['nothing to do', ['plan', '--detailed-exitcode', ...SANDBOX], { 'mfa-config.yaml': 'policy: never' }, 0],
    ['a plan with changes', ['plan', ...SANDBOX], OTP, 0],
    ['a plan with changes, asked for', ['plan', '--detailed-exitcode', ...SANDBOX], OTP, 2],
    ['an unknown flag', ['plan', '--colour'], OTP, 1],
    ['an unknown command', ['plam'], OTP, 1],
    ['no file', ['plan', ...SANDBOX], {}, 1],
    ['no tenant', ['plan'], OTP, 1],
    ['a question that nobody can answer', ['apply', ...SANDBOX], OTP, 1],
    ['a check in the way', ['apply', '--yes', ...SANDBOX], { 'mfa-config.yaml': 'policy: always' }, 3],
    ['done', ['apply', '--yes', ...SANDBOX], OTP, 0],
  ])('%s', async (_, args, files, expected) => {
    const { code, out, err } = await runProgram(args, { files })
    expect({ code, out, err }).toMatchObject({ code: expected })
    if (expected === 1) {
      // One sentence, and no stack.
      expect(out).toBe('')
      expect(err).toMatch(/^Error: .+\n$/)
    }
  })

  test('a write that failed', async () => {
    const server = await startServer({ 'PUT /guardian/factors/otp': { status: 500 } })
    const { code, out } = await runProgram(['apply', '--yes', '--json'], { env: server.env, files: OTP })
    expect(code).toBe(4)
    expect(JSON.parse(out)).toMatchObject({
      failed: [{ path: 'factors.otp.enabled' }],
      error: { code: 'apply_incomplete' },
    })
  })
})

describe('standard output is the result alone', () => {
  test.each(['show', 'show --json', 'show --format yaml', 'plan', 'plan --json', 'validate', 'schema'])(
    '%s leaves standard error empty',
    async command => {
      const { code, out, err } = await runProgram([...command.split(' '), ...SANDBOX], { files: OTP })
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).not.toBe('')
      if (/json|schema/.test(command)) expect(JSON.parse(out)).toBeTypeOf('object')
    },
  )

  test('a document is all there is, whatever else is said', async () => {
    const { code, out, err } = await runProgram(['apply', '--yes', '--json', '--debug', ...SANDBOX], {
      files: OTP,
    })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ applied: [{ path: 'factors.otp.enabled' }], verified: true })
    expect(err).toMatch(/^GET \/api\/v2\/guardian\/factors 200 \d+ ms$/m)
    expect(err).toMatch(/^What the tenant had before is saved in \.mfa-config\/snapshots\/.*$/m)
  })

  test('colours are for people', async () => {
    const plain = await runProgram(['plan', ...SANDBOX], { files: OTP })
    const forced = await runProgram(['plan', ...SANDBOX], { files: OTP, env: { FORCE_COLOR: '1' } })
    expect(plain.out).not.toMatch('\u001b')
    expect(forced.out).toMatch('\u001b[')
  })
})

/** Runs it as a terminal's user would; `script` of util-linux makes the terminal. */
const hasTerminal = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux')
  } catch {
    return false
  }
})()

interface Terminal {
  /** Typed at the first question. */
  readonly answer?: string
  readonly columns?: number
}

async function atTerminal(
  line: string,
  cwd: string,
  { answer, columns = 80 }: Terminal = {},
): Promise<{ code: number | null; out: string }> {
  const program = await builtProgram()
  const command = `stty cols ${columns} rows 24; ${process.execPath} ${program} ${line}`
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env: cleanEnv({ TERM: 'xterm' }) })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let answered = false
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text
    if (answer !== undefined && !answered && /\(y\/N\)/.test(out)) {
      answered = true
      child.stdin.write(answer)
    }
  })
  return { code: await codeOf(child), out }
}

function codeOf(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => child.on('close', resolve))
}

describe.skipIf(!hasTerminal)('at a terminal', () => {
  test('progress is shown on standard error, and not in a pipe', async () => {
    const cwd = emptyFolder()
    await writeFiles(cwd, OTP)
    const { code, out } = await atTerminal(`plan ${SANDBOX.join(' ')} > plan.txt`, cwd)
    expect(code).toBe(0)
    expect(out).toMatch('Reading sandbox')
    const plan = readFileSync(join(cwd, 'plan.txt'), 'utf8')
    expect(plan).toMatch(/factors\.otp\.enabled +off → on/)
    expect(plan).not.toMatch('\u001b')
  })

  test('a terminal that does not know its width goes without progress', async () => {
    const cwd = emptyFolder()
    await writeFiles(cwd, OTP)
    const { code, out } = await atTerminal(`plan ${SANDBOX.join(' ')}`, cwd, { columns: 0 })
    expect(code).toBe(0)
    expect(out).toMatch('1 change in 1 request.')
    expect(out).not.toMatch('Reading sandbox')
  })

  test('apply asks, and yes makes it so', async () => {
    const cwd = emptyFolder()
    await writeFiles(cwd, OTP)
    const no = await atTerminal(`apply ${SANDBOX.join(' ')}`, cwd, { answer: 'n\r' })
    expect(no.code).toBe(130)
    expect(no.out).toMatch('Make 1 change to sandbox?')
    expect(no.out).toMatch('Nothing was written: the question was answered with no.')
    const yes = await atTerminal(`apply ${SANDBOX.join(' ')}`, cwd, { answer: 'y\r' })
    expect(yes.code).toBe(0)
    expect(yes.out).toMatch('1 change applied, read back and as it should be.')
  })

  test('Ctrl-C at the question writes nothing', async () => {
    const cwd = emptyFolder()
    await writeFiles(cwd, OTP)
    const { code, out } = await atTerminal(`apply ${SANDBOX.join(' ')}`, cwd, { answer: '\u0003' })
    expect(code).toBe(130)
    expect(out).toMatch('Interrupted before anything was written.')
    expect(readdirSync(join(cwd, '.mfa-config'))).toEqual(['.gitignore'])
  })
})

describe('an output that nobody reads any more', () => {
  test('ends a command quietly', async () => {
    const { child, ended } = await start(['schema'])
    child.stdout.destroy()
    expect(await ended).toMatchObject({ code: 0, err: '' })
  })

  test('as by | head', async () => {
    const program = await builtProgram()
    const line = `${process.execPath} ${program} schema | head -n 1`
    const child = spawn('sh', ['-c', line], { env: cleanEnv() })
    let out = ''
    let err = ''
    child.stdout.on('data', text => {
      out += text
    })
    child.stderr.on('data', text => {
      err += text
    })
    expect(await codeOf(child)).toBe(0)
    expect({ out, err }).toEqual({ out: '{\n', err: '' })
  })

  test('does not stop an apply between two writes, nor hide how it went', async () => {
    const server = await startServer({
      'PUT /guardian/policies': { status: 400 },
      'GET /guardian/factors': [
        { body: [{ name: 'otp', enabled: false }] },
        { body: [{ name: 'otp', enabled: true }] },
      ],
    })
    const { child, ended } = await start(['apply', '--yes'], {
      env: server.env,
      files: { 'mfa-config.yaml': 'factors: { otp: true }\npolicy: always\n' },
    })
    child.stdout.destroy()
    const { code, err } = await ended
    expect(server.lines().filter(line => line.startsWith('PUT'))).toEqual([
      'PUT /guardian/factors/otp',
      'PUT /guardian/policies',
    ])
    expect(code).toBe(4)
    expect(err).toMatch(/^What the tenant had before is saved in .*\n$/)
  })

  test('may be standard error', async () => {
    const { child, ended } = await start(['apply', '--yes', '--json', '--debug', ...SANDBOX], { files: OTP })
    child.stderr.destroy()
    const { code, out } = await ended
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ verified: true })
  })
})

test.skipIf(process.platform !== 'linux')('an output that cannot be written is an error', async () => {
  const program = await builtProgram()
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, [program, 'schema'], {
    env: cleanEnv(),
    stdio: ['ignore', full, 'pipe'],
  })
  let err = ''
  child.stderr?.on('data', text => {
    err += text
  })
  expect(await codeOf(child)).toBe(1)
  expect(err).toMatch(/^Error: The result cannot be printed: ENOSPC.*\n$/)
})

test('an error ends it, whatever else is under way', async () => {
  const server = await startServer({
    'GET /guardian/factors': { status: 429, headers: { 'retry-after': '50' } },
    // Answered last, so that the other waits by then.
    'GET /guardian/policies': response => void setTimeout(() => response.writeHead(401).end(), 300),
  })
  const { code, err } = await runProgram(['plan'], {
    env: server.env,
    files: { 'mfa-config.yaml': 'factors: { otp: true }\npolicy: always\n' },
  })
  expect(err).toBe(
    'Waiting 50 s (rate limit).\nError: GET /guardian/policies: the tenant does not accept the access token.\n',
  )
  expect(code).toBe(1)
})

describe('a bug', () => {
  /** A clock that breaks, which no input can do. */
  const broken = preloaded('Date.now = () => { throw new TypeError("the clock is broken") }')

  test.each([[], ['--json']])('shows its stack, and what to do with it %j', async (...flags) => {
    const server = await startServer()
    const { code, out, err } = await runProgram(['plan', ...flags], {
      env: { ...server.env, ...broken },
      files: OTP,
    })
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).toMatch(
      /^This is a bug in mfa-config; please report it\.\nTypeError: the clock is broken\n {4}at .*\n/,
    )
    // The code is minified: a line of it would fill the screen.
    expect(Math.max(...err.split('\n').map(line => line.length))).toBeLessThan(400)
  })
})
