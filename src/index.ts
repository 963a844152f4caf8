import type { EnvironmentConfig, MfaConfig } from './config/type.ts'

export type { EnvironmentConfig, MfaConfig }

/** Gives a configuration in TypeScript or JavaScript its type, and returns it as it is. */
export function defineConfig(config: MfaConfig): MfaConfig {
  return config
}
