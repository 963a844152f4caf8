/** What an environment says, besides its tenant. */
type Block = Readonly<Record<string, unknown>>

/** A token that opens every tenant of a fleet. */
const TOKEN = 'token-of-the-fleet'
export const ENV = { TOKEN }
const credentials = { access_token: '${TOKEN}' }

/** A file of environments, each with its tenant's URL and what it says besides; the rest of the file goes for all. */
export function fleetFile(
  rest: Block,
  environments: Readonly<Record<string, { readonly url?: string; readonly block?: Block }>>,
): Record<string, string> {
  const blocks = Object.entries(environments).map(([name, { url, block = {} }]) => [
    name,
    { ...(url !== undefined && { tenant: url, credentials }), ...block },
  ])
  return { 'mfa-config.yaml': JSON.stringify({ ...rest, environments: Object.fromEntries(blocks) }, null, 2) }
}

/** The first lines of the blocks that were printed, as the environments in their order. */
export function blocksIn(out: string): string[] {
  return [...out.matchAll(/^(?:\S+|no tenant) \((.+)\)$/gm)].map(([, name = '']) => name)
}
