import { CATALOGUES } from '../settings/catalogue.ts'
import { pathOf } from '../settings/setting.ts'
import type { Check, Found } from './check.ts'

/** X06, which `show` makes. */
export const undocumented: Check = {
  id: 'X06',
  title: 'show: what cannot be read is something that Auth0 does not document, or not for every tenant',
  severities: ['note'],
  why: 'Such endpoints may be missing on some tenants, or change without notice; that is no fault of the token.',
  remedy: 'Leave these settings out of the file for that tenant, or ask Auth0 to enable them.',

  judge: ({ refused }) =>
    CATALOGUES.legacy.settings.flatMap((setting): Found[] => {
      const path = setting.at || pathOf(setting, Object.keys(setting.fields)[0] ?? '')
      const field = pathOf(setting, Object.keys(setting.fields)[0] ?? '')
      if (!setting.read || setting.standing === undefined || refused(field) === undefined) return []
      const what =
        setting.standing === 'undocumented'
          ? 'is in no description of the API that Auth0 publishes'
          : 'is not there on every tenant'
      const message = `GET ${setting.read.path} ${what}. Leave ${path} out of the file for this tenant.`
      return [{ severity: 'note', path, message }]
    }),
}
