import { CHECKS } from '../../src/checks/catalogue.ts'

/** Flags that accept whatever a check finds: for tests of something else, whose tenants and files are made up. */
export const ALLOW_ALL: readonly string[] = CHECKS.flatMap(({ id }) => ['--allow', id])
