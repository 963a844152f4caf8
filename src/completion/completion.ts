/** One thing that a word can become. */
export interface Candidate {
  /** The whole word, as the program is to get it. */
  readonly value: string
  /** What it is, in a few words; empty where there is nothing to say. */
  readonly description: string
}

/** What a word can become. */
export interface Completion {
  readonly candidates: readonly Candidate[]
  /** Whether the word names a file, which the shell completes by itself; then there are no candidates. */
  readonly files: boolean
}

/** Where the words come from that the commands and their flags do not say themselves. */
export interface Sources {
  /** The names of the environments of the file that `--config` names; of the one that is found if it is not given. */
  environments(config: string | undefined): Promise<readonly string[]>
  readonly checks: readonly { readonly id: string; readonly title: string }[]
  presets(): Promise<readonly string[]>
  /** What the snapshots that were saved here go by. */
  snapshots?(): Promise<readonly string[]>
}
