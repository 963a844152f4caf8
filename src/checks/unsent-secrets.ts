import type { Check } from './check.ts'

/** X03. Recorded: the API never gives these back, so that nobody can see whether they are the file's. */
export const unsentSecrets: Check = {
  id: 'X03',
  title: 'A secret that cannot be read back is not sent',
  severities: ['warning'],
  why: "Whether the tenant's secret is still the file's cannot be seen, so a new one in the file would go unnoticed.",
  remedy: 'Run with --write-secrets after it has changed.',

  judge: ({ unverified }) =>
    unverified.map(path => ({
      severity: 'warning',
      path,
      message: `${path} cannot be compared and is not sent. If it has changed, run with --write-secrets.`,
    })),
}
