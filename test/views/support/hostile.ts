import fc from 'fast-check'

/** Text with all that means something to Markdown, to HTML or to GitHub. */
export const anyHostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom('|', '\\', '`', '``', '*', '_', '~~', '#', '^', '$', '$`', '[', '](x)', '![', '{', '}'),
      fc.constantFrom(
        '\n',
        '\r\n',
        '\t',
        '\u2028',
        '\u202e',
        ' ',
        '  ',
        '    ',
        '- ',
        '1. ',
        '> ',
        '---',
        '=== ',
      ),
      fc.constantFrom(
        '<',
        '>',
        '&',
        '&lt;',
        '<b>',
        '</code>',
        '</details>',
        '<!--',
        '-->',
        '<!-- mfa-config -->',
      ),
      fc.constantFrom(
        '@alice',
        '@acme/admins',
        '#12',
        'GH-12',
        'acme/shop#3',
        'a@b.co',
        ':smile:',
        '0123abcd',
      ),
      fc.constantFrom(
        'https://acme.example',
        'www.acme.example',
        'acme.example',
        '"',
        "'",
        '(',
        ')',
        '.',
        ',',
        ':',
      ),
      fc.constantFrom('word', 'Wörter', '認証', '👍', '12', '1234567'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map(pieces => pieces.join(''))
