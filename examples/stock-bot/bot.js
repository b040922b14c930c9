const { Client, Events, GatewayIntentBits } = require('discord.js');
const commands = require('./commands');

const client = new Client({ intents: [GatewayIntentBits.Guilds] });

client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  const command = commands.get(interaction.commandName);
  if (command) await interaction.reply(await command.execute(interaction));
});

client.login();
