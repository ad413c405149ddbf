// Tailwind 4 is the only transform; the tokens are in app/tokens.css.
export default { plugins: { '@tailwindcss/postcss': {} } }
