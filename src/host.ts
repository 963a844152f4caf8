import type { Send } from './http.ts'

/** What can be shown while something takes time. */
export interface Progress {
  /** Replaces what is shown. */
  tell(text: string): void
  /** Takes it off the screen. */
  stop(): void
}

/** One of several things to choose from. */
export interface Choice {
  readonly value: string
  readonly name: string
  /** A sentence. */
  readonly description: string
}

/** Everything that the program has from outside: the real one is made in `bin/`, others in tests. */
export interface Host {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** All of standard input, as text. */
  stdin(): Promise<string>
  /** The result, and nothing else. */
  out(text: string): void
  /** Whatever is said about the run. */
  err(text: string): void
  /** Whether each stream is a terminal that a person looks at. */
  readonly terminal: {
    readonly in: boolean
    readonly out: boolean
    readonly err: boolean
    /** How many characters fit in a line of it; absent where it does not say. */
    readonly columns?: number
  }
  /** Asks on the terminal; only where `terminal.in` and `terminal.err` are. Throws `interrupted` at Ctrl-C. */
  confirm(question: string): Promise<boolean>
  /** Asks on the terminal for one of several things, as {@link confirm} does; gives its value. */
  choose(question: string, choices: readonly Choice[]): Promise<string>
  /** Shows progress on the terminal, if there is one. */
  progress(text: string): Progress
  readonly send: Send
  /** Milliseconds since 1970. */
  now(): number
  /** Ends early at Ctrl-C. */
  wait(milliseconds: number): Promise<void>
  /** Aborted by Ctrl-C. */
  readonly interrupt: AbortSignal
  /** Whether Node runs TypeScript files itself. */
  readonly runsTypeScript: boolean
}
