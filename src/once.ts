/** Makes something when it is first asked for, and keeps it: what few runs need costs the others nothing. */
export function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined
  return () => {
    made ??= { it: make() }
    return made.it
  }
}
