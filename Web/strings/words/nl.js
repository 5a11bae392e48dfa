/** The Dutch words of word codes; a word's number is its place. Fixed: two people compare what two programs made of it. */
export const words = `
aalbes aambeeld aandacht aanhang aankomst aanleg aanpak aanraken aanvraag aanwezig aap aarde aarzelen abonnee
abrikoos academie accent accu acht acrobaat actie actrice actueel adder adelaar adem adres advies afdak affiche
afgrond afhalen afremmen afslag afspraak afstand aftrap afval afwas agaat agenda akker akkoord aktetas alarm albino
album algebra alinea alleen almanak alpaca alpen alpino altijd altviool amandel amateur ambacht ambitie amfibie
ampul analyse ananas anders anekdote anemoon angel anijs anjer anker anorak antenne antiek antwoord apart apotheek
appel applaus april aquarium arbeid arbiter arcade archief arena argument arm aroma artiest asfalt asperge aster
atelier atlas atleet atoom attent augurk aula auteur auto avocado avond azalea azijn azuur baan baard babbel badeend
badkamer bagage bagel bakboord bakker bakvis balans balie balkon ballon balzaal bamboe bami banaan band bang banjo
banket baret barkruk barok barst basalt basis basket bast batterij bazaar bazuin beambte bedrag bedstee beek beeld
beer begin begonia begroten behang beheer beige beitel bekend bekwaam belang beleid belofte benen bengel benzine
berg bericht berk beroep besef beslag bestek betaal beton beuk bever bewaren beweging bewijs bezem bezit bezoek
bidon bieb biet bijl bijna bijten biljet binnen biologie bioscoop biscuit bison bitter bizar blad blauw blazen bleek
blij bliksem blinken bloem blok blond blouse blozen blussen bocht bodem boei boeket boemel boer boete bokaal bolhoed
bolwerk bonbon bonen bonsai bont boog boom boord boot borg boterham botsing bouillon bouwen boven bowlen braaf brand
brasem breed brei brem bretels breuk brief brigade bril brink brochure broek brom brons brood brouwen brug bruin
brunch buffel buidel buik buiten buks bulk bultrug bumper bundel bungalow burcht bureau burger buurman buxus buzzer
cabaret cacao cactus cadans cadeau cake camera camping canvas capsule caravan carnaval carport cassette castagne
catering cavia ceder ceintuur cello cement centrum chalet chaos charme chef chirurg chocola cijfer cilinder cimbaal
cinema cipres circus cirkel citaat citer citroen club coach coalitie code collage colonne column comfort commode
compost concert conditie confetti congres constant contact cordon cornet correct coupon courant couscous creatief
crecher cruise cultuur cursus cyclus cypers daad daalder dadel daglicht dammen dampen dank dansen dapper dartel
dassen datum dauw debat december decor deeg deel deftig degen dekbed deken deksel delen delfstof delta demping
denken depot derde dertien detail deugd deuk deur diadeem diagram dialoog diamant dichter dictee dienst diepte dier
dijbeen dijk dille dineren ding diploma dirigent discus distel divan dobber dochter dodo doek doel dokter dolfijn
dominant donatie donder donker doolhof doop doorn doos doperwt dopje dorp dorst dosis dossier dozijn draad drama
draven drempel dressing dreun drie drijven dringen dromen drone droog drop druif drukker drum dubbel duet duif duik
duim duin duiven duizel duo durven dutje duurzaam duwen dynamo echo echtpaar eclair economie eekhoorn eend eerlijk
eetkamer eeuw effect egaal egel eierdop eigen eikel eiland einde eland elastiek elegant elektra element elf elftal
elke ellips email emigrant emmer emoe energie engel enig enkel enorm ensemble entree envelop epos erfgoed erker
ernst ervaring erwt espresso essay etage etalage etappe etiket etmaal etser etui evenaar exact examen exces exotisch
expert export expres extra ezelsoor fabel fabriek facet factor fagot fakir fakkel familie fanfare fantasie farao
fase fauteuil favoriet fazant februari feest felle feniks fenomeen ferm festival fiche fiets figuur fijn film
filosoof filter finale firma fjord flacon flamingo flanel flat flensje fleurig flink flits flora fluit fluweel fobie
fokken folder folie fondue fontein fopspeen forceren forel formaat fornuis fort fossiel foto fraai fractie frame
franje frequent fresco freule friet frisbee frons fruit fuchsia fuik functie funnel fusie fysica gaan gaap gadget
gaffel galerij galm galop gamba gamma gang garage garde garnaal gaten gazelle gazon gazpacho gebaar gebied gebouw
gedeelte gedicht geduld geest gegeven gehakt geheim gehoor gehucht geit gekko gelaat gelei gelijk geluk gemak gember
gemeente genre geologie geraas gerecht gering gerst gesloten gesp getal getuige geur geven gevoel geweldig gewoon
gezang gezellig gezond gids giechel gieten gigant giraf gist gitaar glans glazuur gletsjer gleuf glimp glitter globe
gloed glooien gneis gnoom goal goedkoop golf gonzen gordel gorilla goten graag gracht gratis gravin greep grens
griep grijs grind groen grond groot grutto gulden gulp gulzig gum gunst guppie gymnast haag haardos haast hagel
haken halen hallo halster halte hamer handdoek hansop hapje haring hark harmonie harnas haspel haven havik hazelaar
hectare heden heelal heesters heet hekel hekwerk helft helm helpen hemel hengst herberg herder herfst herinner heup
heuvel hevig hexagoon hiaat hiel hij hinde historie hitte hobby hoef hoekje hoepel hoera hofdame hokje holte hommel
homp honger honing honk hoofd hooi hoorn horde horen horizon horloge hortus hostel hotel houden houtje houvast hozen
huid huifkar huisdier hulst humor humus hunebed huppelen huren hurken hutspot huzaar hyacint hyena hymne ibis ideaal
idee idool iedereen iemand iglo ijken ijver ijzer imago imam imker import impuls inbouw inbreng index indruk ingang
inham inhoud initiaal injectie inkeping inkoop inkt inlaat innig inruil insect insigne inslag intiem inval invoer
inwoner inzicht irissen isolatie item ivoor jaar jacht jager jaguar jakhals januari japon jarig jasje jasmijn jawel
jawoord jeans jetlag jeugd joggen jojo jolig jong jonker journaal joviaal jubel jubileum judoka juichen juist juli
jumbo jungle junior jurk jute juwelier kaak kaars kaatsbal kabaal kabel kabouter kachel kaderen kaftan kajak kakelen
kalebas kalf kalkoen kameel kamille kamperen kanarie kaneel kano kansel kapel kapitein kapper kapstok karaf karper
karton karwei kassa kasteel kater katoen katrol kauwen kavel kazerne kegel keizer kelder kelim kelk kelner kenmerk
kennis keper kermis kern kerstmis keten keuken keus keuze kever kibbel kies kieviet kiezel kijken kikker kikvors
kilo kimono kind kiosk kitten kiwi klaar klank klaproos klasse klaver kleding kleed kleur klif klimop kliniek
klodder klok klomp klucht kluis kluwen knaap knagen kneden knie knipoog knobbel knoflook knolraap knoop knots
knuffel knutsel koala kobalt koe koekoek koeler koers koets koffie kokos kolibri kolom komeet komisch kompas konijn
konvooi koopman koord koper koraal korenaar korrel korst kosmos kosten kozijn kraan krabben kracht kramp kranten
kreeft krekel krent kreuk krib krijt krimp kring krioelen krokus kroon kruid krukas krul kubiek kubus kudde kuiken
kundig kunst kurkuma kussen kust kuur kwal kwart kwast kweek kweken laadklep laagland laars laatst label labyrint
ladder ladekast lading lagune laken lama lamel lanceren langzaam lantaarn lariks laser lasso later laurier lauwer
lavabo lavendel lawaai lawine lazuur leem leerling leeuw legende leiden lekker lelie lengte lening lens lente lepel
leraar lessen leunen leveren lezing liaan libel licht liefde liggen ligstoel lijst likken liksteen lila limerick
limoen linde lineaal linker linnen linoleum lippen lipstick liter litho lodge loeien logboek logeren logisch lokaal
loket longen loods loon loper lorgnet losgeld loterij lotus loupe louter luchtig lucide luier luipaard lukken
lunapark lunch lupine lus luster luxe lyceum lyriek maaien maal maart macro madelief magazijn magie magneet mailtje
majoor makelaar makreel malaga malen mammoet manege mango manier mantel marathon margriet marine markt marmer
mascotte masker massage mats mauve maximum mazurka medaille mediaan meeuwen meisje meloen membraan memo meneer
mengen mentor menu merel merrie messing metaal meteoor methode metro meubel microbe middag mijter mikado mikken mild
miljard mimiek mimosa minaret minder mineraal minister minuut missen mistral mixer mobiel modder model moeder moeite
moeras mogen mokka molen moment mondig monster monteur moois morel morgen mortel mosterd motief motor mouwen muesli
mufti mug mummie munt museum muskus mutatie muziek mystiek naald naam naast nabij nacht nadeel nagellak najaar
nakomen namaak namiddag narcis narwal natie natuur navel nectar neef neerslag negen nemen neon netel netto nevel
nicht nieren nietje nieuw nijver nikkel nimf niveau nodig noemer nomade noodle noord noot normaal notaris noteren
notitie nougat novelle novice nuance nuchter nugget nul nummer nuttig nylon object oceaan ochtend octaaf odeur
odyssee oefening oehoe oerknal oerwoud oester oever offerte oktober olie olifant olijf oma omelet omgang omkeren
omlijst omroep omslag omtrek omvang omweg omzet onder ondiep onkruid onrust ons ontbijt ontdek onthaal ontvang
ontwerp onweer onzin oog ooievaar oost opaal opbouw opdienen opdracht open opera opgave ophalen opkomst oplage
oplossen opmaak opname oppas oprit opruimen opsteker optie optocht opvang opwarm opwekken opzet orakel oranje
orchidee oregano orgaan orgel origami orkaan orkest ornament ossen otter ouderdom ovatie overal oxford oxide ozon
paardrij paasei padden pagina pakhuis paleis paling palmboom pamflet panda paneel panorama panter papa papegaai
papier paprika paraplu parel parfum parket partij paspoort passer pasta patat patent patio patrijs pauze pedaal pees
peignoir pekel pelgrim pelikaan pellen pendel pennen pension peperoni perceel perk perron perzik petitie peul peuter
piano picknick pico pijler pijp pikhaak pilaar piloot pincet pinda pink pioen pipet piraat piste pit pittig pixel
pizza plaat plafond plakband planeet plateau plein plezier plicht plint ploeg plons plooi pluche pluim pluk plunje
poedel poets poffer poken polder polis polka polo pompen pond ponton poolster poort popcorn poreus portret positie
potlood praat prachtig praktijk precies preek premie prent prettig prijs prima prins prisma probleem procent product
proef profiel promotie proost proper protest proviand pruik publiek pudding pulse puma puntje pupil puree purper
purser puzzel pyjama python quiche quinoa quota raadsel raamwerk rabarber racket radar radijs rafelig raken rally
ranja rapen rapport rariteit rasp raster ratel ratjetoe ravijn ravotten reageren rebus recent recht redactie redden
reeks reflex refrein regel regio reiger rekenen rekken relaas reling remedie remise renbaan rente repen reserve
retour revers revue ribbe richting ridder riem rieten rijden rijst rillen rimpel risico ritme ritueel rivaal rivier
robijn robot robuust rodeo roede roeien roem roerei roest rogge roken rolstoel roman rommel rondje rookwolk roos
rosarium rosbief rotan rotonde royaal rozet rozijn rubber rubriek rugzak ruiken ruilen ruimte ruiter rukwind rumoer
rups rustig ruw sabel safari saffier salade saldo salto samba samen sandaal sardine sarong satijn sauna sausje
savanne saxofoon scala schaap schelp schilder school schrift schuit scooter score scout seconde sector secuur seinen
seizoen selderij selectie semafoor semester seminar senior sensatie serieus serre serum servet sessie sfeer sfinx
show sifon signaal sijpel sik sikkel simpel sinaas singel sirene siroop situatie sjaal sjabloon sjerp sjofel sjouwen
slaan slang slede sleutel slijm slinger sloot slopen sluier smaak smeden smeren smid smokkel smoren smullen snaar
snaren snavel snede sneeuw snel snipper snoek snorkel snuit sociaal soepel sofa sokken solist sonate soort sopraan
sorbet sorteren souvenir spaak spade spatel specht speer spek spelen spiegel spijs spin spits spoel spons spoor
sprei spring sprookje spruit staaf staking stamper starten station steen steiger stelt stengel sterk steun stift
stijl stip stoep stok stolp stoom stoppel storm straat strelen strik stroop struik studie stuit stunten stuur
sudderen suiker suite super surfen surprise sushi swing syllabe symfonie systeem taai taalgids taart tabel tablet
tachtig tafel takel talent tamboer tandem tango tante tapdans tapijt tarief tarwe tassen tasten taverne taxi team
techniek teder tegel tegoed teken tekst telefoon telg tempel tennis tenor terras testen teugel tevreden textiel
theater thema thermen thuis ticket tien tijdig tijger tijm tikje tikken tillen titanium titel toast tocht toekan
toernooi toeter tofu toga toilet tolk tomaat tombola tondeuse toneel toorts topaas topsport toren torso totaal
toveren traan tractor traject trap trechter trein trekker triangel tribune trillen triomf troep troffel trom troon
trots trouw truc tuba tucht tulband tunica tunnel turbine tureluur turf turkoois turnen tussen twaalf twee twijg
twist tyfoon typen uiteinde uitgang uiting uitje uitleg uitstap uitvoer uitzicht ukelele ultiem uniek uniform urgent
utopie vaartuig vaas vacht vader vakantie vallei vanaf vandaag vangst vanille varen varken vastgoed vatbaar vechten
veen veertig vegen veilig velours vendel venster ventiel veranda verband vergeet verhaal verlof vermaak versnel
vesting veter veulen vezel viaduct vierde vijver vilten vinding vinger vinyl violet viool viscose visite vitamine
vitrine vlaai vlag vlakte vlecht vlees vleugel vlier vlinder vloer vloot vlucht voeding voet vogel volgen voltooid
voorjaar vorig vork vorst vouwen vraag vracht vrede vreugde vriend vrij vroeg vrolijk vrouw vrucht vuil vulkaan
vulpen waaier waakhond waarheid wafel wagen wakker walkant walnoot walrus wals walvis wandel wanten warboel warmte
wasbeer wasco wassen water watten wedde weefsel weelde weetje wegen wegwijs weide weigeren wekker welkom welp wenk
wereld wervel westen wetering weven wezel wieg wijding wijnrank wijs wikkel wilgen wimpel winkel winst winter
wipneus wisent wissel witlof witte woensdag woestijn wol wollig wolvin wonder woning woonboot woord worst wortels
woud wrak wreef wrijven wroeten wuiven xylofoon yoghurt yucca zaadje zaaien zacht zadel zakdoek zand zebra zeehond
zeep zegel zekering zeldzaam zemel zender zesde zestien zetel zeven zicht ziften zigzag zijde zijspan zilver
zinderen zingen zitbank zitten zoeken zoenen zoethout zolder zomer zondag zonnig zoogdier zorgzaam zucchini zucht
zuiden zuinig zuivel zuster zuurkool zwaan zwaluw zwart zwavel zwempak zwerm zweven zwier zwijn zwoegen
`.trim().split(/\s+/);
