import { read } from '../../../src/plan/read.ts'
import { wantedOf, wantedOn } from '../../../src/plan/wanted.ts'
import { CATALOGUES } from '../../../src/settings/catalogue.ts'
import type { PhoneExperience } from '../../../src/settings/phone-experience.ts'
import { apiAt } from '../../support/api.ts'
import { settingsOf } from '../../support/state.ts'
import type { Values } from '../../support/values.ts'

/** Makes values of a tenant others, as somebody else would: whatever they do not name stays as it is. */
export async function changeTenant(url: string, values: Values, phone: PhoneExperience): Promise<void> {
  const api = await apiAt(url)
  const catalogue = CATALOGUES[phone]
  const settings = settingsOf(values.keys(), catalogue)
  const depended = [...settings].flatMap(({ derive }) => derive?.from ?? [])
  const { state } = await read(api, catalogue, {
    settings: new Set([...settings, ...settingsOf(depended, catalogue)]),
  })
  const wanted = wantedOn(state, values)
  for (const setting of settings)
    await setting.send(api, setting.request(state.readings.get(setting), wantedOf(setting, wanted)))
}
