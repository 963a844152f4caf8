import { testEveryFault } from './support/matrix.ts'
import { LOOSENING, REPLACING } from './support/scenarios.ts'

await testEveryFault(REPLACING)
await testEveryFault(LOOSENING)
