import type { Ask } from '../fleet/fleet.ts'
import type { Host } from '../host.ts'

/** A terminal that many share: progress is shown on it while nobody asks, and nothing else while somebody does. */
export interface SharedTerminal {
  /** What is said to it while a question is open waits for the answer. */
  readonly host: Host
  readonly ask: Ask
  /** Replaces what progress says. */
  tell(text: string): void
  /** Takes progress away. */
  stop(): void
}

/** Shares the terminal of a host, with a first text for its progress. */
export function shareTerminal(host: Host, text: string): SharedTerminal {
  let shown = text
  let progress = host.progress(shown)
  let held: string[] | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const askNow = async <R>(question: () => Promise<R>): Promise<R> => {
    progress.stop()
    held = []
    try {
      return await question()
    } finally {
      const late = held
      held = undefined
      for (const text of late) host.err(text)
      progress = host.progress(shown)
    }
  }
  return {
    host: {
      ...host,
      err: text => {
        if (held) held.push(text)
        else host.err(text)
      },
    },
    ask: question => {
      const asked = turn.then(() => askNow(question))
      turn = asked.catch(() => {})
      return asked
    },
    tell: text => {
      shown = text
      progress.tell(text)
    },
    stop: () => progress.stop(),
  }
}
