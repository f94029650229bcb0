"""Words about names, in English and Spanish: which are everyday words too, how names are shortened, where names stand.

Lists of our own, of usual names and words; they need not be complete, for somebody is only asked about what is found.
"""

# Names that are everyday words too: written small, they are taken for the word.
ALSO_WORDS = frozenset(
    """
    abril al alba ale alma amber amparo angel ángel angeles april arenas art ash august aurora autumn baker ball
    barb bella best bill black blanca blanco bob brandy bravo brown buck bud buddy bueno bush cal calle calvo
    campos cano caridad casas cash castillo celeste chance charity charlie chase christian chuck church clara clay
    cliff concha consuelo cook cruz crystal cuca cuco cuevas daisy dale dawn day dean delgado destiny dick dolores
    domingo don dot drew earl esperanza faith fe fern fidel field fields flor flores franco frank fuentes gallo
    gene ginger gloria good grace gracia grant gray green guerrero guy harmony hazel heath heaven hill honey hope
    hunter iglesias iris ivy jack jade jan joy julio june justice justo king kit kitty knight lagos lake lance
    lane law leo leon león lily linda little lobo long love lucky luna luz majo major mar margarita mark marsh
    mason mateo max may melody memo mercedes mercy mesa milagros miles miller molly montes mora moreno nacho
    nick nieto nieves olive page paloma pardo paredes park pastor pat patience paz pearl peg peña penny perico
    perla pierce pilar pipe poppy porter price prince prudencia queen ray red refugio reina remedios reyes rich
    rico rios ríos rivers rob robin rocky rojas ron rosa rosario rose rubio ruby sage sal salvador sandy santos
    segura seguro serenity sherry sky sobrino socorro sol sole soledad star stone storm street sue summer sunny
    tab taylor teddy tina toro torres trinity vaca val vale valle van vega ventura verde victor victoria violet
    violeta wade walker west white will winter wise wood woods young
    """.split()  # noqa: SIM905  (read as a list of words)
)
PARTICLES = frozenset({"de", "del", "la", "las", "los", "van", "von", "da", "dos", "jr", "sr"})

# Forms of one name, one name to a line. Short forms that are just its beginning are here when they have three letters,
# or are usual enough to be known written small.
SHORT_FORMS = """\
abigail abby gail
abraham abe
albert al bert
alberto beto
alejandra alejandro ale jandro
alexander alexandra alexis alex sandra xander
alfred al fred
alfredo fredo
andrew andy drew
andrea andres andy
angela angelica angie
anthony tony
antonio toño tony
antonia toñi
arthur art artie
barbara barb barbie
beatriz bea betty
benjamin ben benny benji
bernard bernie
calvin cal
cameron cam
carlos charly
caroline carrie
catherine katherine kathleen cathy kathy kate katie kat kit kitty
charles charlie chuck chas
christina christine cristina chris chrissy tina
christopher chris topher kit
clementine clem clementina
consuelo chelo
concepcion concha conchita
cynthia cindy
daniel daniela dan danny dani
david dave davey
deborah debra deb debbie
dolores lola loli
donald don donny
dorothy dot dottie
edward ed eddie ted ned
eduardo lalo edu
eleanor ellie nell nora
elizabeth liz lizzie beth betsy betty eliza libby
emanuel manny
enrique quique kike
ernesto neto
eugene gene
federico fede
felipe pipe
fernando fernanda fer nando
florence flo
francis frank fran
francisco paco pancho kiko cisco
francisca paca paqui
frederick fred freddy rick
gabriel gabriela gabe gabi gaby
gerald gerard jerry
gregory greg
gregorio goyo
guadalupe lupe lupita
guillermo memo guille
harold hal harry
henry hank harry hal
hector tito
ignacio nacho
isabel isabella isabelle bella isa belle izzy chabela
isaac ike
jacob jake
jacqueline jackie
james jim jimmy jamie
janet janice jan
jeffrey geoffrey jeff geoff
jennifer jen jenny
jeremiah jeremy jerry
jessica jesse jess jessie
jesus chuy chucho
joaquin quino
john jack johnny
jonathan jon jonny
jose pepe chepe joseito
josefina pepa fina
jose-maria chema
joseph joe joey
joshua josh
josephine jo josie
juan juancho juanito
juana juanita
judith judy
karen kari
kenneth ken kenny
kimberly kim
lawrence larry
leonard leonardo len lenny leo
lillian lily
lourdes lulu
louis luis lou lucho
luciana lucia lucy
lucas luke luca
magdalena lena maggie magda
manuel manny manolo lolo
manuela manoli
margaret maggie meg peg peggy marge greta rita
margarita rita
maria mari mary
maria-jose majo
maria-luisa marilu
mario mayito
martha marty patty
martin marty
matthew matt matty
mateo teo
maximilian maximiliano max
mercedes meche
michael mike mikey mick micky
miguel migue
michelle shelly
mildred millie
montserrat montse
nancy nan
natalie natalia nat nati
nathaniel nathan nat nate
nicholas nicolas nick nicky nico
octavio tavo
pablo pablito
pamela pam
patricia pat patty tricia trish pati
patrick pat paddy rick
pedro perico
pilar pili
rachel rae
rafael rafa
ramon moncho
raymond ray
rebecca becca becky
refugio cuca cuco
reginald reg reggie
richard rick ricky rich dick
ricardo rick ricky richi
robert rob robbie bob bobby bert
roberto beto rob
rodrigo rodri
rogelio roge
ronald ron ronnie
rosario charo chayo
samuel samantha sam sammy
sandra sandy
santiago santi chago
sebastian seb seba
sergio checo
sofia sophia sophie sofi
soledad sole chole
stephanie steph fani
stephen steven steve stevie
stuart stu
susan suzanne susana sue susie suzy
teresa theresa terri tere tessa
theodore ted teddy theo
thomas tom tommy
timothy tim timmy
tomas tommy
trinidad trini
valerie valeria val vale
vanessa nessa
veronica vero ronnie
vicente chente vince
victor vic
victoria vicky tori
vincent vince vinny
virginia ginny gina
vivian viviana viv vivi
walter walt wally
wesley wes
william bill billy will willy liam
yolanda yoli
zachary zach zack
"""

# Everyday words with which a name may begin: never taken for a name that is cut short.
EVERYDAY = frozenset(
    """
    ago ally ama and ant any are arm aug bar barb base bell bend bet big blue boy brad bran brand brook call came can
    car card care carry casa case clean cold come como con cord cost could cour court dar dari day dec del dent der
    des did don dos eat ella els else est esta estas este eve even ever every fair far feb fel felt fin fina fine for
    free fri gar gas gen gin glad good grand had ham hand happy har hard has her here high his hol holl home hor how
    jan jue jul jun just kind king lan land las last law left les less let los lun mad made mal man mano mar marc mari
    mat men mental mer met mid mie mild mile mill mind mine mira mon mont month moon more much nat nor north not nov
    now oct old on one our par para part past per plan por post real red rod rode root rot sal san sat sea self sep
    shar share she shel sin sol son south spring star stay step sun tal tan ten test the then there they thin this tod
    toda tra tue una une val van vic vie vin vino viva war was way wed well west what when will win wind with work yes
    you young
    """.split()  # noqa: SIM905
)

# Where a person stands. Before an everyday word that is a thing: `the day's end`, `a mark`.
NEVER_NAMED = frozenset(
    """
    a an another any each every first her his its last my next no one other our same some that the their these this
    those whole your
    cada el esta este la las lo los mi mis otra otro su sus tu un una
    """.split()  # noqa: SIM905
)
# Who does this is a person, and no modal verb or noun goes before it: `will said`.
SAYS = frozenset(
    """
    agreed answered argued asked asks called cried laughed mentioned offered phoned promised relapsed replied said says
    shared suggested tells texted told thinks wants
    comento contesto conto dice dijo invito llamo ofrecio pidio pregunto prometio respondio
    """.split()  # noqa: SIM905
)
# Who this is done to is a person: `told hope`.
OBJECT_OF = frozenset(
    """
    asked hugged invited met phoned tell tells telling texted thanked told visited
    """.split()  # noqa: SIM905
)
WITH = frozenset({"con", "with"})
# With which one may be without its being a person: `with hope`, `con paz`.
MASS = frozenset(
    """
    ale art ash autumn black blanco brandy brown bush cash chance charity clay concha crystal dawn dolores esperanza
    faith fe fern field flor flores frank fuentes ginger gloria grace gracia gray green harmony honey hope ivy jack
    joy justice justo kit law little long love luck luz margarita melody mercy milagros molly moreno nieves olive
    patience paz pearl penny peña pipe poppy price red remedios rich ron rosario ruby sage sal salvador serenity
    sherry socorro sol soledad stone storm summer sunny trinity vale valle verde victoria violet west white wise wood
    woods young
    """.split()  # noqa: SIM905
)
