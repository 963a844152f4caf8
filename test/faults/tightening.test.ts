import { testEveryFault } from './support/matrix.ts'
import { TIGHTENING, UNIFIED } from './support/scenarios.ts'

await testEveryFault(TIGHTENING)
await testEveryFault(UNIFIED)
