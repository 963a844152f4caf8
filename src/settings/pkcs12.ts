const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * What is wrong with a certificate for Apple's push service: PKCS #12 with its key, without a password, base64-encoded,
 * not expired at `now` (milliseconds), encrypted with an algorithm that OpenSSL 3 still takes (the API refuses the
 * others, RC2 for one). Node's TLS is what opens such files here; it is loaded when there is one.
 */
export async function inspectPkcs12(base64: string, now: number): Promise<string | undefined> {
  if (!BASE64.test(base64)) {
    return 'The certificate is not base64 on one line. Name the binary file itself, as ${file:…}, and it is encoded.'
  }
  const [{ createSecureContext }, { X509Certificate }] = await Promise.all([
    import('node:tls'),
    import('node:crypto'),
  ])
  try {
    const { context } = createSecureContext({ pfx: Buffer.from(base64, 'base64'), passphrase: '' })
    // Long there and not documented: without it, the date is not judged.
    const certificate: unknown = context.getCertificate?.()
    if (!Buffer.isBuffer(certificate)) return undefined
    const { validTo } = new X509Certificate(certificate)
    return Date.parse(validTo) < now
      ? `The certificate expired on ${validTo}. Make a new one in Apple's developer portal.`
      : undefined
  } catch (error) {
    return `The certificate cannot be used: ${reasonOf(error)}`
  }
}

/** OpenSSL's words, told apart; never repeated, since they are about a secret. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : ''
  if (/mac verify|password/i.test(said))
    return 'it is protected with a password. Export it again without one.'
  if (/unsupported/i.test(said))
    return 'its encryption is outdated (RC2, for one). Export it again with Triple DES or AES.'
  return 'it is no PKCS #12 file that holds a certificate and its key. Export both into one file.'
}
