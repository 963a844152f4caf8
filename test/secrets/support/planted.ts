import { createHash, generateKeyPairSync } from 'node:crypto'

/** A value that looks like nothing else, always the same for the same name; part of it is written otherwise in a URL or JSON. */
function planted(name: string): string {
  const text = plain(name)
  return `${text.slice(0, 21)}/+"\\=&%${text.slice(21)}`
}

/** The same without characters that need care. */
function plain(name: string): string {
  return createHash('sha256').update(name).digest('base64url')
}

/** As Twilio's are. */
function hexadecimal(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32)
}

const P12 = Buffer.concat([Buffer.of(0x30, 0x82, 0xff, 0), Buffer.from(plain('p12'))])
const FIREBASE_KEY = [plain('fire'), plain('base')]
const FIREBASE = `{ "private_key": "${FIREBASE_KEY.join('\\n')}", "id": "${plain('id')}" }`
const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
const PROXY_PASSWORD = plain('proxy')

export const CREDENTIALS = {
  secret: { AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SECRET: planted('client secret') },
  key: { AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SIGNING_KEY_PATH: 'key.pem' },
  token: { AUTH0_ACCESS_TOKEN: planted('access token') },
} satisfies Record<string, Record<string, string>>
export type Kind = keyof typeof CREDENTIALS

/** The token that a token endpoint gives. */
export const ISSUED = planted('issued token')

/** What references of the file name, and what nobody asks for. */
export const ENV = {
  TWILIO_AUTH_TOKEN: hexadecimal('twilio'),
  AWS_SECRET: planted('aws'),
  FCM_SERVER_KEY: planted('fcm'),
  DUO_SKEY: planted('duo'),
  NOBODY_ASKS_FOR_THIS: planted('another'),
  AUTH0_MGMT_CLIENT_SECRET: planted('one more'),
}
/** A proxy that takes a password; it has no part where the tenant is on this machine. */
export const PROXY = { user: 'proxy-user', password: PROXY_PASSWORD }

/** What the tenant has from before, and gives back when it is read. */
export const TENANT = { auth_token: hexadecimal("the tenant's twilio"), skey: planted("the tenant's duo") }
/** What answers have besides, under names of secrets. */
export const SURPLUS = {
  auth_token: planted('surplus auth_token'),
  skey: planted('surplus skey'),
  aws_secret_access_key: planted('surplus aws'),
  p12: planted('surplus p12'),
  server_key: planted('surplus fcm'),
  server_credentials: planted('surplus fcmv1'),
  credentials: {
    auth_token: planted('surplus credentials'),
  },
}
/** The same under names that say nothing. */
export const NAMELESS = {
  api_key: planted('nameless'),
  webhook: { url: plain('nameless url') },
}

/** The files of the folder in which a command is run. */
export const FILES = { 'push.p12': P12, 'firebase.json': FIREBASE, 'key.pem': KEY }

/** A secret of a length that nothing takes. */
export const LONG = plain('long').repeat(300)

export const SECRETS: Readonly<Record<string, string>> = {
  'access token': CREDENTIALS.token.AUTH0_ACCESS_TOKEN,
  'client secret': CREDENTIALS.secret.AUTH0_CLIENT_SECRET,
  'issued token': ISSUED,
  ...ENV,
  'push.p12': plain('p12'),
  'push.p12 in base64': P12.toString('base64'),
  'firebase.json': FIREBASE_KEY.join('\n'),
  'firebase.json, its id': plain('id'),
  'key.pem': KEY.replace(/-----.*-----/g, '').trim(),
  'password of the proxy': PROXY_PASSWORD,
  "the tenant's auth_token": TENANT.auth_token,
  "the tenant's skey": TENANT.skey,
  ...Object.fromEntries(textsIn(SURPLUS).map((text, i) => [`surplus ${i}`, text])),
  ...Object.fromEntries(textsIn(NAMELESS).map((text, i) => [`nameless ${i}`, text])),
  'one that is too long': plain('long'),
}

/** Every text of a JSON value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(textsIn)
}
