/** doubts/method-words: methods and functions, by what they are called, that give one text, number or boolean in any case. */

/** Methods of texts, numbers, dates, lists and of discord.js that give one value, be it `null`, and never `undefined`. */
export const givesOne =
  /^(addListener|charAt|charCodeAt|emit|endsWith|equals|every|exists|findIndex|findLastIndex|generateInvite|get(UTC)?(Time|Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds)|getTimezoneOffset|has|hasAll|hasAny|includes|indexOf|isReady|join|lastIndexOf|listenerCount|off|on|once|removeAllListeners|removeListener|localeCompare|padEnd|padStart|repeat|replace|replaceAll|some|startsWith|substr|substring|test|to(DateString|Exponential|Fixed|ISOString|LocaleDateString|LocaleLowerCase|LocaleString|LocaleTimeString|LocaleUpperCase|LowerCase|Precision|String|TimeString|UTCString|UpperCase)|trim|trimEnd|trimStart|(?!get|fetch)\w+URL)$/;

/** Functions that do, by all that is written before their parentheses. */
export const functionGivesOne =
  /^(Number|String|Boolean|BigInt|isNaN|parse(Int|Float)|performance\.now|Math\.\w+|Number\.\w+|Date\.\w+|os\.\w+|Array\.isArray|JSON\.stringify|(new )?Intl\.\w+\(.*\)\.format)$/s;
