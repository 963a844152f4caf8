import { expect, test } from 'vitest'
import { liquidProblem } from '../../src/sandbox/liquid.ts'

test.each([
  '',
  'plain text with } and {',
  '{{ code }} for {{tenant.friendly_name}}',
  '{%- if a -%}{% if b %}x{% else %}y{% endif %}{%- endif -%}',
  '{% assign x = 1 %}{% case x %}{% when 1 %}{% endcase %}',
  '{{ if }} and {{ raw }} are outputs',
  '{% raw %}{{ {% if %}{% endraw %}',
  '{% comment %}{{{% endcomment %}',
])('%j is balanced', template => {
  expect(liquidProblem(template)).toBeUndefined()
})

test.each([
  ['{{code', "'{{' was not properly terminated with '}}'"],
  ['{{code {{name}}', "'{{' was not properly terminated with '}}'"],
  ['{% if a }}', "'{%' was not properly terminated with '%}'"],
  ['{% if a %}', "'if' tag was never closed"],
  ['{% if a %}{% for b in c %}{% endif %}', "Unknown tag 'endif'"],
  ['{% endunless %}', "Unknown tag 'endunless'"],
  ['{% raw %}x', "'raw' tag was never closed"],
])('%j is not', (template, problem) => {
  expect(liquidProblem(template)).toBe(problem)
})
