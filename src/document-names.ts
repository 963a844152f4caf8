/** The JSON documents that have a published schema, by the word that `schema` takes. */
export const DOCUMENTS = [
  'apply',
  'config',
  'diff',
  'doctor',
  'error',
  'explain',
  'fleet',
  'init',
  'plan',
  'saved-plan',
  'show',
  'validate',
] as const

export type DocumentName = (typeof DOCUMENTS)[number]
