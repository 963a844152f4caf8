import { entryAt } from '../settings/catalogue.ts'
import { printable } from '../views/printable.ts'
import { aroundOf } from './around.ts'
import { type Carried, carry } from './carry.ts'
import type { DeployCliTenant } from './deploy-cli.ts'
import { factorsOf, policyOf } from './factors.ts'
import { variableOf } from './keyword.ts'
import { leftTo } from './left.ts'
import type { Migrated, Remark, Written } from './migrated.ts'
import { phoneOf } from './phone.ts'
import { pushOf } from './push.ts'
import { type Given, isLost } from './said.ts'

const READERS = [factorsOf, phoneOf, pushOf, aroundOf, policyOf]

/** Turns what the Deploy CLI deploys into the settings of a file, and names all that it does not carry over. */
export function migrate(tenant: DeployCliTenant): Migrated {
  const values = new Map<string, Written>()
  const remarks: Remark[] = []
  const keywords = new Set<string>()
  for (const said of READERS.flatMap(reader => reader(tenant))) {
    const { from, path } = said
    const about = path === undefined ? {} : { path }
    const carried = isLost(said) ? said : carriedOnce(said, values)
    if ('why' in carried) {
      remarks.push({ ...about, text: `${from} is not carried over: ${carried.why}.` })
      continue
    }
    if (path !== undefined) values.set(path, carried.written)
    if (carried.remark !== undefined) remarks.push({ ...about, text: `${from}: ${carried.remark}.` })
    for (const keyword of carried.keywords) keywords.add(keyword)
  }
  remarks.push(...aboutKeywords(keywords), ...leftTo(tenant))
  const told = remarks.map(remark => ({ ...remark, text: printable(remark.text) }))
  return { label: tenant.label, values, remarks: told, notes: told.map(({ text }) => text) }
}

function carriedOnce({ path, value }: Given, values: ReadonlyMap<string, Written>): Carried {
  if (values.has(path)) return { why: 'the same setting stands before it, and that one counts' }
  const entry = entryAt(path)
  if (!entry) throw new Error(`There is no setting ${path}`)
  return carry(entry, value)
}

/** The variables to set. */
function aboutKeywords(keywords: ReadonlySet<string>): Remark[] {
  if (keywords.size === 0) return []
  const names = [...keywords].map(keyword => {
    const name = variableOf(keyword)
    return name === keyword ? name : `${name} (the keyword ${keyword})`
  })
  return [
    { text: `Set these environment variables to what the Deploy CLI's keywords hold: ${names.join(', ')}.` },
  ]
}
