import { DOCUMENTS } from '../../../../src/document-names.ts'
import { type Command, JSON_FORM, PEOPLE, type Row, UNKNOWN_FLAG } from '../row.ts'

const schemaOf = (name: string): Row => ({ with: `the document ${name}`, args: [name], code: 0, top: /^\{$/ })

export const schema: Command = {
  forms: [PEOPLE, JSON_FORM],
  codes: [0, 1],
  rows: [
    { with: 'nothing besides', code: 0, top: /^\{$/ },
    ...DOCUMENTS.map(schemaOf),
    { with: 'a document that there is not', args: ['plna'], code: 1, prints: 'error', error: 'usage' },
    UNKNOWN_FLAG,
  ],
}
