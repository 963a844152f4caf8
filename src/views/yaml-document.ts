import { Document, Scalar, visit } from 'yaml'

/** A tree as a YAML document that gives the same tree back. */
export function yamlDocument(tree: unknown): Document {
  const document = new Document(tree)
  visit(document, {
    Scalar: (_, scalar) => {
      // As a block, which the library makes of several lines, nothing but white space is read as less of it.
      if (typeof scalar.value === 'string' && /^\s+$/.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
  return document
}
