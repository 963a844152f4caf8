/**
 * What files of the Deploy CLI say: the content of each section by its name, keywords as they are written. Of sections
 * that are not about MFA only the name counts.
 */
export interface DeployCliTenant {
  /** How messages name the file or folder. */
  readonly label: string
  readonly sections: Readonly<Record<string, unknown>>
}
