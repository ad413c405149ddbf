// One gate for style and for who may import whom (docs/architecture.md, "Who may import whom").
import next from '@next/eslint-plugin-next'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Forbids imports that match the patterns; the message names what to use instead. */
const forbid = (files, pattern, message) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns: [{ ...pattern, message }] }] } })
/** Other parts of the tree, however they are spelled. What uses the product from outside is never used by it. */
const parts = (...names) => ({ group: [...names, ...OUTSIDE].flatMap((name) => [`@/${name}/*`, `**/../${name}/*`]) })
const OUTSIDE = ['demo', 'bench', 'tests', 'scripts']

export default tseslint.config(
  { ignores: ['.next/**', 'dist/**', 'data/**', 'demo-data/**', 'server/database/generated/**', 'next-env.d.ts', 'node_modules/**'] },
  { files: ['**/*.mjs', '**/*.js'], extends: [tseslint.configs.recommended] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['app/**/*.ts', 'app/**/*.tsx'],
    plugins: { '@next/next': next, 'react-hooks': hooks },
    rules: { ...next.configs['core-web-vitals'].rules, ...hooks.configs.recommended.rules },
  },
  forbid(['protocol/**'], { regex: '^(?!\\./|zod$)' }, 'protocol/ is a leaf: it imports only zod and its own files.'),
  forbid(['agent/**'], parts('server', 'app', 'integrations', 'verify'), 'The agent knows only protocol/; put what both sides need there.'),
  forbid(['verify/**'], parts('server', 'app', 'agent', 'integrations'), 'The verifier must not trust what it checks: protocol/ only.'),
  forbid(['server/**'], parts('agent', 'app', 'verify'), 'The server knows protocol/ and integrations/.'),
  forbid(['app/**'], { group: [...parts('agent', 'integrations', 'verify').group, '@prisma/client', '**/server/database/*'] }, 'Pages load data through functions of server/ areas, never the database itself.'),
  forbid(['integrations/**'], parts('agent', 'app', 'server', 'verify'), 'An integration knows protocol/ and its own contract.'),
)
