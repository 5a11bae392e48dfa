/** The English words of word codes; a word's number is its place. Fixed: two people compare what two programs made of it. */
export const words = `
abacus abdomen able aboard about above abroad absent absorb academy accept accord acorn across action adapt address
adhesive adjust admire adobe adorn adult advance aerial affair afford afloat after again agenda agile agree ahead
airport alarm album alcove alert algebra alien alike alive almond alone aloud alpaca already alto always amaze amber
amount ample amuse anchor angle animal ankle annual answer antenna anvil anyone apart apple apricot apron aquatic
arcade arctic arena argue arise armchair aroma around arrange arrow artist ascend ashore aside aspen asset aster
athlete atlas atom attach attend auburn auction audio august aunt author autumn avenue average avocado avoid awake
award awning azure baby backpack bacon badge baffle bagel bagpipe bakery balance balcony ballet balmy bamboo banana
bandage banjo banner banquet barber bargain barley barn baron barrel basil basket bassoon batch bathtub battery
bazaar beach beagle beaker beam bean bearing beaver because bedroom beef beehive beetle before begin behave behind
beige believe bell belong bench benefit beret berry beside better between beyond bicycle bike billiard bind bingo
biology birch birthday biscuit bison blade blanket blazer blend blimp blink blister block blond bloom blossom blouse
blue bluff blush board bobcat bobsled body boil bold bolt bonfire bongo bonnet bonus book boomer border borrow
botany bottle boulder bounce bouquet bowler boxer brace braid brake branch brave bread breeze brew brick bridge
brief bright brisk broad broccoli bronze broom brother brown brunch brush bubble bucket budget buffalo buggy build
bulb bulk bumper bunch bundle bungalow bunny burger burst bushel business busy butcher butter buzzer cabbage cabin
cable cactus caddy cadet cafe cage calcium calendar calf calm camel campfire canal candle canoe canvas canyon
capable capital captain caramel carbon cardigan careful cargo carnival carpet carrot cartoon carve cashew castle
catalog catch catfish cattle caution cavern cedar ceiling celery cellar cement central ceramic certain chain chalk
chance chapter charm chase cheap check cheddar cheer chef cherry chestnut chew chicken chief child chimney chin chip
chisel choice choose chorus chowder chrome chuckle cider cinema cinnamon circle citizen citrus city civil clam clap
clarinet classic clay clean clerk clever client cliff climate clinic clip cloak clock cloth cloud clover club clue
cluster coach coast cobalt cobbler cobra cocoon code coffee coil coin cola cold collar column comb comedy comfort
comic common compass concert condor cone confetti congress connect consider content convoy cookie copper copy coral
corner correct cosmos costume cotton cougar count couple courage cousin cover cowboy coyote cozy crab cradle crane
crater crayon cream credit creek crew cricket crimson crisp critic crocus crop cross crowd cruise crumb crunch
crystal cube cuckoo cucumber cuddle cuff culture cupboard cupcake curious curly current curtain cushion custard
cutlery cycle cylinder cypress daffodil dahlia daily dairy daisy dance dandy daring data daughter dawn dazzle debate
decade december decide deck decorate deep defend degree delay deliver delta demand denim dentist depart depend depot
deputy derby desert design desk detail develop device devote dialog diamond diary dictate diesel digest dignity
dilute dimple dinner dinosaur diploma direct dirt discover dish distant ditch dive divide dizzy doctor dodge dollar
dolphin domain domino donate donkey donut doodle door dorm double dough dove downhill dozen draft dragon drama
drapes drawer dream dress drift drill drink drive droplet drum dryer duchess duck duet duffel dugout dumpling dune
duplex dust duty dwell dynamic eager eagle early earring earth easel east easy echo eclipse ecology economy edge
edit educate effect effort eggplant eggshell eight either elastic elbow elder elect elegant element eleven elite
else ember emblem emerald empire employ empty emu enable enamel encore energy engine enjoy enough enrich entire
envelope episode equal equip eraser errand escape essay estate eternal ethics event every evolve exact example
excite exercise exhale exist exotic expert explore express extra eyebrow eyelash fable fabric factory fade fair
faith falcon fall family famous fancy fantasy farmer farther fashion fast father faucet favor feast feather february
feed feel felt fence fennel fern ferry festival few fiber fiction fiddle field fierce fifteen figure filter final
finch find finger finish firefly firm first fiscal fish fitness five fix fizzy flag flame flannel flap flare flash
flat flavor fleece flexible flicker flight flint flip float flock floor floral flour flow fluffy fluid flute flyer
foam focus foggy foil folder folk follow fondue food football forest forget fork formal forward fossil foster
fountain four fraction fragile frame freckle free freight frequent fresh friend frigate fringe frog front frost
frozen frugal fruit fudge fuel full fumble function funny furnace fuse fusion future fuzzy gadget galaxy gallop game
gander garage garden garlic garment gate gather gauge gazebo gear gecko general gentle geology geranium gesture
getaway geyser giant gift giggle ginger giraffe give glacier glad glance glaze gleam glide glimpse glitter globe
glory glove glow glucose glue goal goat goblet goggles gold golf gondola goose gopher gorge gorilla gourmet gown
grab grace grade grain grand grape gravel great green griddle grill grin grip grocery groom group grove grow guard
guava guest guide guitar gulf gumdrop guppy gust gymnast gypsum habit hair half halibut hallway halo hammer hamster
hand hangar happy harbor hardware harmony harness harp harvest hasty hat hatch haven hawk hazel health heart heather
heavy hedge height helmet help hemlock herald herring hiccup hickory hidden high hilltop hinge hippo history hobby
hockey holiday hollow home honest hoof horizon horse hospital hostel hotel house hover hubcap huddle hull human
humble hummus humor hundred hungry hunt hurdle hurry husky hyacinth hydrant hyena hymn hyphen iceberg icicle icon
idea identity igloo iguana image impala import improve impulse include income index indigo indoor infant inform
inlet inner input insect inside instant interest into invent invite iodine island isotope item ivory ivy jackal
jaguar janitor january jasmine jaunt javelin jeans jelly jersey jester jetty jewel jigsaw jingle joggle joiner jolly
jostle journey joyful jubilee judge judo juggle juice jukebox jumbo jump june jungle junior jupiter jury juvenile
kangaroo karate kayak kebab kennel kernel kettle keyboard khaki kidney kilo kimono kingdom kiosk kitten kiwi
knapsack knife knock koala kudos label labor ladder ladle lagoon laminate landmark language lantern lapel large
laser latch later lattice laugh launch lavender layer lead league learn ledge left legend lemon lentil leopard
lesson letter level liberty library license light lilac lily limb limit linden linen lion lipstick liquid list
litmus little lively lizard llama loaf lobby lobster local locust lodge logic logo lollipop lotion lotus lounge love
lower loyal lucky luggage lullaby lumber lunar lunch lupine luster luxury lychee lyric macaroni machine mackerel
macro magazine magic magnet mahogany major mallard malt mammal manager mandarin mango manner mansion mantle manual
maple marble march margin marina market marmot maroon marsh marvel mascot mask mason master match material math
matrix mattress mature maximum maybe mayor meadow meal measure mechanic medal medicine medley melody member memory
mental menu mercy merge merit mermaid mesh message metal meteor method metro middle midnight might migrate milk
mimic mince mineral minimum minnow minor minute mirror misty mitten mobile moccasin model modify module moist molar
molecule moment monday money monitor monkey month monument moose moral morning mortar mosaic motel mother motion
motor mount mouse mouth movie mud muffin mulch mumble muscle museum mushroom music muslin mutual muzzle myrtle nacho
nanny napkin narrow nation nature nautical nebula nectar needle neighbor neon nephew neptune nerve nest network
neutral never nickel niece nimble ninja noble noise nomad noodle noon normal north notable notebook notice nougat
nourish novel nozzle nudge number nurse nutmeg nylon nymph oak oasis oatmeal obey object observe obtain occur ocean
octagon octopus offer office often okra olive olympic omelet omit once onion online onyx opal open opera opinion
opposite optic oracle orange orbit orchard order oregano organ orient origami ornament ostrich other otter ounce
outdoor oxygen oyster ozone pacific paddle padlock page pagoda paint pajamas palace palm pamphlet pancake panda
panel panther papaya paper paprika parade parcel parlor parrot parsley party passage pasta patch patrol pattern
pause pavilion payment peacock peanut pebble pecan pedal pelican pellet pencil penguin people pepper perfect perhaps
permit person petal petunia pewter phantom pharmacy phase pheasant phone photo phrase physics piano pickle picnic
picture pigeon piglet pilgrim pillow pilot pinball pink pinwheel pioneer pipe piranha pitcher pivot pixel pizza
place plain planet plaster plate plaza pleasant pledge plenty pliers pluck plunge plural plywood pocket point polar
police pollen polo pond pontoon poodle popcorn poplar poppy porch possible post potato pottery pouch pound powder
power practice praise prawn precise predict prefer prelude premium pretzel previous price primary prince prism
private problem process produce profile program project promise proof proper proud proverb prune public pudding
puffin pulse puma punctual pupil puppet puree purple purse push puzzle pyramid python quaint quality quartz queen
quench query quest quiche quiet quill quince quiver quota rabbit raccoon racket radar radio raffle ragtime raisin
rally ramble ranch random range rapid rare rather ratio rattle raven ravine rayon razor reach reason rebound recall
recent recipe recline record refine reflect refresh refuge regal region regular reindeer rejoice relax relief remain
remember remind remote rename repair repeat reply report request rescue resort respond result retail return reunion
reveal review reward rhino rhubarb rhyme rhythm ribbon riddle ridge right rigid rinse ripple ritual rival river
roast robin robot robust rocket rodeo roll romance rooster rotate rough round rover rowboat royal rubber rucksack
rudder ruffle rugby ruler rumble runway rural russet rustic saddle safari saffron salad salmon salon salsa salute
sample sandal sapphire sardine satchel satin saturn sauce sauna sausage savanna save savory sawdust scale scarf
scatter scent schedule school scissors scope score scout scrap screen script scroll scrub scuba search season seat
second secret section seldom select seminar senior sensible sentence separate sequel serene session settle seven
sewing shade shallow shampoo shape share shawl sheep shelf shepherd sheriff shield shift shimmer shine shirt shiver
shovel shrimp shrub siblings sierra siesta signal silence silver similar simple sincere single sister sizzle skate
sketch ski skill skirt slab slalom sled sleep slice slide slogan slope small smart smell smile smoke smooth snack
snail sneaker snore snout snuggle soccer social socket soda soft solar soldier solid solution solve sombrero someone
sonar sonic soprano sorbet sound source south souvenir space spaniel spare spatula speak special speech spell spend
sphere sphinx spice spider spinach spiral splash splendid sponge spoon sport spot spray spread spring sprout spruce
square squeeze squid stable stadium staff stage stair stamp standard statue steam step stereo stew stick stiff stilt
stirrup stitch stock stomach stone stool story stove straw stream strong student stuff sturdy style subject sublime
subtle suburb subway success sudden suede suffix sugar suggest summer sunday sunrise super supply surface surprise
survey sushi suspend sustain swallow swamp swan swarm sweater sweep swift swing switch symbol symphony syrup system
tabby tablet tackle tadpole taffy tailor talcum talent tall tandem tango tapestry target tassel taste tavern taxi
teacher teapot teddy temple tenant tender tennis tenor terrace textile thank theater theme theory thick thing
thirsty thistle thorn thousand thread thrive throne thumb thursday thyme tiara ticket tide tiger timber timid tinsel
tiny tiptoe tissue titan title toast today toddler together toggle token tomato tomorrow tongue tonight tooth topaz
topic torch tornado tortoise total toucan tour toward towel toy track trade traffic trail transfer travel treasure
treble trellis trend triangle tribe trick trifle triple trivia trolley trombone trophy trout truck trumpet trunk
trust truth tuba tuesday tug tulip tumble tundra tunic tunnel turbine turkey turnip turtle tutor tuxedo tweed twelve
twenty twice twilight twist typical ukulele ultimate umbrella umpire unable uncle under unfold unicorn uniform union
unique unit universe unlock unpack until unusual unwrap update upgrade uphill uplift upper upright upset upstairs
urban urgent usable useful usher usual utensil utility utmost vacation vacuum vague valid valley value vanish vapor
variety vault vector vehicle velvet vendor venture venue veranda verb verdict verify vertical vessel veteran viable
viaduct vibrant victory video view vigor villa vinegar vintage vinyl violin virtual vision visual vital vivid vocal
vogue voice volcano volley volume vote vowel voyage wafer waffle wages wagon waist wallet walnut walrus waltz wander
want wardrobe wash watch water wax wealth weasel weave wedding weekend weigh welcome wharf wheat wheel when whisker
white width willow winter wisdom wizard wolf woman wombat wonder world worth wrap wreath wrench wrestle wrinkle
yacht yeast yellow yes yeti yield yodel yoga yogurt yolk young youth yoyo yucca zebra zenith zephyr zero zigzag
zipper zither zodiac zoology
`.trim().split(/\s+/);
