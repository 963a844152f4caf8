import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** A certificate and its key, in PEM, as a TLS server takes them. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

interface Wanted {
  /** Names and addresses that it is for. Default: this machine. */
  readonly names?: readonly string[]
  readonly addresses?: readonly string[]
  /** Default: tomorrow. */
  readonly until?: Date
}

const DAY = 86_400_000

/**
 * Makes a certificate that signs itself, for tests alone: no key is kept anywhere, and no other program is needed.
 * Node can read certificates and not make them, so its parts (RFC 5280) are put together here in DER.
 */
export function selfSigned(wanted: Wanted = {}): Certificate {
  const { names = ['localhost'], addresses = ['127.0.0.1'], until = new Date(Date.now() + DAY) } = wanted
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = sequence(set(sequence(oid('2.5.4.3'), tagged(0x0c, Buffer.from('mfa-config test')))))
  const algorithm = sequence(oid('1.2.840.10045.4.3.2')) // ECDSA with SHA-256
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))), // version 3
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    issuer,
    sequence(time(new Date(until.getTime() - 2 * DAY)), time(until)),
    issuer,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extension('2.5.29.17', alternativeNames(names, addresses)))),
  )
  return {
    cert: pem('CERTIFICATE', sequence(body, algorithm, bits(signed(body, privateKey)))),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function alternativeNames(names: readonly string[], addresses: readonly string[]): Buffer {
  return sequence(
    ...names.map(name => tagged(0x82, Buffer.from(name))),
    ...addresses.map(address => tagged(0x87, Buffer.from(address.split('.').map(Number)))),
  )
}

function extension(id: string, content: Buffer): Buffer {
  return sequence(oid(id), tagged(0x04, content))
}

function signed(body: Buffer, key: KeyObject): Buffer {
  return sign('sha256', body, key)
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts)
}

function set(...parts: Buffer[]): Buffer {
  return tagged(0x31, ...parts)
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes)
}

function bits(bytes: Buffer): Buffer {
  return tagged(0x03, Buffer.of(0), bytes)
}

function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, '')
  return tagged(0x18, Buffer.from(text))
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const base128 = (value: number): number[] =>
    value < 128 ? [value] : [...base128(Math.floor(value / 128)).map(byte => byte | 0x80), value % 128]
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** A value with its tag and its length. */
function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const lengths = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...lengths), content])
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
