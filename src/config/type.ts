export type MfaConfig = Record<string, unknown>
