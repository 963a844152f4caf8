import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const cipher = 'aes-256-gcm'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/**
 * The key that seals the secrets of the state file at `path`: random, in a file of mode 0600 beside it, made where
 * there is none. Throws the file system's error.
 */
export function sealingKey(path: string): Buffer {
  const keyPath = `${path}.key`
  if (!existsSync(keyPath)) makeKey(keyPath)
  return readSealingKey(path)
}

/** Of two processes that make the key at once, both use the one that came first, whole: a link never replaces. */
function makeKey(keyPath: string): void {
  const draft = `${keyPath}.${randomUUID()}.tmp`
  writeFileSync(draft, randomBytes(keyBytes).toString('base64'), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, keyPath)
  } catch (error) {
    if (!existsSync(keyPath)) throw error
  } finally {
    rmSync(draft)
  }
}

/** The key beside the state file at `path`. Throws the file system's error where there is none. */
export function readSealingKey(path: string): Buffer {
  return Buffer.from(readFileSync(`${path}.key`, 'utf8'), 'base64')
}

/** Encrypts a secret, bound to the name it is kept under, so that it cannot be moved to another field. */
export function seal(secret: string, name: string, key: Buffer): string {
  const nonce = randomBytes(nonceBytes)
  const encryption = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(name))
  const sealed = Buffer.concat([encryption.update(secret, 'utf8'), encryption.final()])
  return Buffer.concat([nonce, encryption.getAuthTag(), sealed]).toString('base64')
}

/** The secret that `seal` was given under this name. Throws where the key, the name or the text is another. */
export function unseal(sealed: string, name: string, key: Buffer): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decryption = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decryption.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  const secret = Buffer.concat([decryption.update(bytes.subarray(nonceBytes + tagBytes)), decryption.final()])
  return secret.toString('utf8')
}
