/** bot: one cluster: a discord.js client with several shards. */
import { type ChatInputCommandInteraction, Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import type { Bot } from './command.ts';
import { commands } from './commands/index.ts';
import { Languages } from './languages.ts';

// So that client.cluster is there without a manager, too: `node dist/bot.js` is the whole bot in one process.
import 'shardlift';

const client = new Client({ intents: [GatewayIntentBits.Guilds] });
const { cluster } = client;
const bot: Bot = { cluster, languages: new Languages(cluster) };

async function answer(interaction: ChatInputCommandInteraction): Promise<void> {
  const command = commands.get(interaction.commandName);
  if (command === undefined) return;
  try {
    await interaction.reply(await command.execute(interaction, bot));
  } catch (error) {
    console.error(`/${interaction.commandName} failed:`, error);
    if (interaction.replied) return;
    await interaction.reply({ content: 'That did not work. Try again later.', flags: MessageFlags.Ephemeral });
  }
}

client.on(Events.InteractionCreate, (interaction) => {
  // What Discord refuses is told, and is no reason to stop.
  if (interaction.isChatInputCommand()) answer(interaction).catch(console.error);
});

client.once(Events.ClientReady, async ({ application }) => {
  // Commands belong to the whole bot: one cluster is enough to register them.
  if (cluster.isPrimary) await application.commands.set([...commands.values()].map(({ data }) => data));
});

await client.login();
