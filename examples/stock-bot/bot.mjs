import { Client, Events, GatewayIntentBits } from 'discord.js';
import commands from './commands/index.js';

const client = new Client({ intents: [GatewayIntentBits.Guilds] });

client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  const command = commands.get(interaction.commandName);
  if (command) await interaction.reply(await command.execute(interaction));
});

await client.login();
