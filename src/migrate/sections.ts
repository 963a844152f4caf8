/** Where the Deploy CLI's directory form keeps a section, relative to its folder. */
export interface Whereabouts {
  readonly file?: string
  /** One JSON file an item. */
  readonly folder?: string
}

/**
 * The sections that have to do with MFA. Names and places: the Deploy CLI's source, `src/context/directory/handlers`.
 * `riskAssessments` and `riskAssessmentsNewDevice` are what older versions had for `riskAssessment`.
 */
export const MFA_SECTIONS = {
  guardianFactors: { folder: 'guardian/factors' },
  guardianFactorProviders: { folder: 'guardian/providers' },
  guardianFactorTemplates: { folder: 'guardian/templates' },
  guardianPhoneFactorMessageTypes: { file: 'guardian/phoneFactorMessageTypes.json' },
  guardianPhoneFactorSelectedProvider: { file: 'guardian/phoneFactorSelectedProvider.json' },
  guardianPhoneFactorSettings: { file: 'guardian/phoneFactorSettings.json' },
  guardianEmailFactorSettings: { file: 'guardian/emailFactorSettings.json' },
  guardianSettings: { file: 'guardian/settings.json' },
  guardianPolicies: { file: 'guardian/policies.json' },
  phoneProviders: { file: 'phone-providers/provider.json' },
  phoneTemplates: { folder: 'phone-templates' },
  riskAssessment: { file: 'risk-assessment/settings.json' },
  riskAssessments: { file: 'risk-assessments/settings.json' },
  riskAssessmentsNewDevice: { file: 'risk-assessments/new-device.json' },
  tenant: { file: 'tenant.json' },
  prompts: { file: 'prompts/prompts.json' },
} as const satisfies Record<string, Whereabouts>

/** A section that is looked into. */
export type MfaSection = keyof typeof MFA_SECTIONS

/** All other sections, each with the folder or file that the directory form has for it. */
export const OTHER_SECTIONS: Readonly<Record<string, string>> = {
  actionModules: 'action-modules',
  actions: 'actions',
  attackProtection: 'attack-protection',
  branding: 'branding',
  clientAuthCredentials: 'client-auth-credentials',
  clientGrants: 'grants',
  clients: 'clients',
  connectionProfiles: 'connection-profiles',
  connections: 'connections',
  customDomains: 'custom-domains',
  databases: 'database-connections',
  emailProvider: 'emails/provider.json',
  emailTemplates: 'emails',
  eventStreams: 'event-streams',
  flowVaultConnections: 'flow-vault-connections',
  flows: 'flows',
  forms: 'forms',
  hooks: 'hooks',
  logStreams: 'log-streams',
  migrations: 'migrations.json',
  networkACLKeys: 'network-acl-keys',
  networkACLs: 'network-acls',
  organizations: 'organizations',
  pages: 'pages',
  rateLimitPolicies: 'rate-limit-policies',
  resourceServers: 'resource-servers',
  roles: 'roles',
  rules: 'rules',
  rulesConfigs: 'rules-configs',
  selfServiceProfiles: 'self-service-profiles',
  supplementalSignals: 'supplemental-signals.json',
  themes: 'themes',
  tokenExchangeProfiles: 'token-exchange-profiles',
  triggers: 'triggers',
  userAttributeProfiles: 'user-attribute-profiles',
}

/** Whether a name is one of the sections that are looked into. */
export function isMfaSection(name: string): name is MfaSection {
  return Object.hasOwn(MFA_SECTIONS, name)
}

/** Whether a name is a section that is none of this tool's business. */
export function isOtherSection(name: string): boolean {
  return Object.hasOwn(OTHER_SECTIONS, name)
}
