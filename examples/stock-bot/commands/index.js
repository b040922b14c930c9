const { readdirSync } = require('node:fs');

module.exports = new Map(
  readdirSync(__dirname)
    .filter((file) => file !== 'index.js')
    .map((file) => require(`./${file}`))
    .map((command) => [command.name, command]),
);
