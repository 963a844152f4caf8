import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { emptyFolder } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { startServer } from '../tenant/support/server.ts'
import { ENV, leaksIn, leaksInFiles, onMachine, SECRETS } from './support/planted.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
/** A line of it. */
const KEY_LINE = KEY.split('\n')[3] ?? ''

/** A fleet in which every form of credentials is used, and much goes wrong. */
async function fleet() {
  const [one, two, three] = [await startTenant(), await startTenant(), await startTenant()]
  const failing = await startFaults(await startTenant(), [
    {
      method: 'PUT',
      path: '/guardian/factors/email',
      answer: { status: 400, body: JSON.stringify({ message: `No: ${SECRETS.prodToken}` }) },
    },
  ])
  const rude = await startServer({
    'POST /oauth/token': {
      status: 401,
      body: { error: 'access_denied', error_description: SECRETS.prodSecret },
    },
  })
  const echo = await startServer({
    'GET /guardian/factors': { status: 400, body: { message: `Bearer ${SECRETS.prodToken}` } },
  })
  const environments = {
    secret: { tenant: one.url, credentials: { client_id: '${PROD_ID}', client_secret: '${PROD_SECRET}' } },
    key: { tenant: two.url, credentials: { client_id: '${PROD_ID}', signing_key: '${file:real.pem}' } },
    own: { tenant: three.url },
    failing: { tenant: failing.url, credentials: { access_token: '${PROD_TOKEN}' } },
    rude: { tenant: rude.url, credentials: { client_id: '${PROD_ID}', client_secret: '${PROD_SECRET}' } },
    echo: { tenant: echo.url, credentials: { access_token: '${PROD_TOKEN}' } },
    spoilt: {
      tenant: one.url.replace('127.0.0.1', 'localhost'),
      credentials: { client_id: '${PROD_ID}', signing_key: '${PROD_KEY}' },
    },
    crossed: { tenant: 'x.test', credentials: { access_token: '${PROD_KEY}' } },
    wrong: { tenant: 'y.test', credentials: { client_id: 'literal', access_token: '${PROD_TOKEN}' } },
    greedy: { tenant: 'z.test', factors: { duo: { host: 'x ${PROD_TOKEN}' } } },
  }
  const file = JSON.stringify({ factors: { otp: true, email: true }, environments }, null, 2)
  return {
    files: { 'mfa-config.yaml': file, 'real.pem': KEY },
    env: { ...ENV, AUTH0_DOMAIN: three.url, NO_COLOR: '1' },
  }
}

describe('no output and no file has anything of any credentials in it', () => {
  test.each([
    'plan --all --debug',
    'plan --all --json',
    'plan --all --format markdown',
    'plan --all --out plan.json',
    'apply --all --yes --debug',
    'apply --all --yes --json',
    'show --all --json',
    'doctor --all',
    'doctor --all --json',
    'validate --all',
    'validate --all --json --unset-ok',
    'diff --env secret --env key',
    'diff --env secret --env key --live --json',
  ])('%s', async command => {
    const { files, env } = await fleet()
    const cwd = emptyFolder()
    const outcome = await onMachine(command.split(' '), { files, env, cwd })
    expect(leaksIn(outcome)).toEqual([])
    expect(outcome.out + outcome.err).not.toContain(KEY_LINE)
    expect(leaksInFiles(cwd, Object.keys(files))).toEqual([])
    // Something was said at all.
    expect(outcome.out.length).toBeGreaterThan(20)
  })

  test('what is searched for would be found', () => {
    const outcome = {
      code: 0,
      out: `x ${SECRETS.prodToken}`,
      err: '',
      requests: [],
      questions: [],
      waits: [],
    }
    expect(leaksIn(outcome)).not.toEqual([])
  })
})
