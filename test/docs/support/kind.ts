import { isRecord } from '../../../src/record.ts'

/** What a YAML document is for. */
export type Kind = 'configuration' | 'workflow' | 'pipeline' | 'manifest' | 'deploy-cli' | 'action'

/** Tells by its keys what a YAML document is for. */
export function kindOf(document: unknown): Kind {
  if (!isRecord(document)) return 'configuration'
  if ('jobs' in document) return 'workflow'
  if ('apiVersion' in document) return 'manifest'
  if ('runs' in document) return 'action'
  if (Object.keys(document).some(key => key.startsWith('guardian'))) return 'deploy-cli'
  const isJob = (value: unknown): boolean => isRecord(value) && 'script' in value
  return Object.values(document).some(isJob) ? 'pipeline' : 'configuration'
}
