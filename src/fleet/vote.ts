/** One decision on what many propose: it is made when everyone has proposed something or has nothing to propose. */
export interface Vote<T> {
  /** Proposes, and waits for the decision. Once that is made, another proposal is decided on alone. */
  propose(name: string, proposal: T): Promise<boolean>
  /** Has nothing to propose, or nothing more. */
  abstain(name: string): void
}

/** Makes a decision among so many; `decide` is asked once for all proposals, in the order of their names. */
export function createVote<T>(
  names: readonly string[],
  decide: (proposals: readonly T[]) => Promise<boolean>,
): Vote<T> {
  const open = new Set(names)
  const proposals = new Map<string, T>()
  let settle: (decision: Promise<boolean>) => void = () => {}
  const decision = new Promise<boolean>(resolve => {
    settle = resolve
  })
  let isDecided = false

  const close = (name: string): void => {
    open.delete(name)
    if (open.size > 0 || isDecided) return
    isDecided = true
    const inOrder = names.flatMap(one => {
      const proposal = proposals.get(one)
      return proposal === undefined ? [] : [proposal]
    })
    settle(inOrder.length > 0 ? decide(inOrder) : Promise.resolve(false))
  }

  return {
    async propose(name, proposal) {
      if (isDecided) return decide([proposal])
      proposals.set(name, proposal)
      close(name)
      return decision
    },
    abstain: close,
  }
}
