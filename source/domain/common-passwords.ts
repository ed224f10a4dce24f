/**
 * The 1,000 commonest passwords, the commonest first, in lower case and apart by white space. They are the first of
 * Django 5.2's django/contrib/auth/common-passwords.txt.gz, without `$hex`, which is a mark of the tool that made it.
 * That list is Royce Williams' of 2018, from the passwords of known breaches
 * (gist.github.com/roycewilliams/226886fd01572964e1431ac8afc999ce), as Django ships it under its BSD-3-Clause licence.
 */
export const commonPasswords = `
123456 123456789 qwerty password 111111 12345678 abc123 1234567 password1 12345 1234567890 123123 000000
iloveyou 1234 1q2w3e4r5t qwertyuiop 123 monkey dragon 123456a 654321 123321 666666 1qaz2wsx 121212 myspace1
homelesspa 123qwe a123456 1q2w3e4r 123abc qwe123 7777777 qwerty123 987654321 target123 zxcvbnm tinkle qwerty1
222222 1g2w3e4r gwerty zag12wsx gwerty123 555555 fuckyou asdfghjkl 112233 1q2w3e qazwsx 123123123 princess
computer 12345a 159753 ashley michael football 1234qwer sunshine aaaaaa iloveyou1 fuckyou1 789456123 daniel
asdfgh 777777 123654 11111 princess1 999999 abcd1234 11111111 passer2009 love shadow 888888 superman football1
love123 jordan23 jessica 12qwaszx baseball monkey1 killer a12345 123456789a master asd123 asdf samsung charlie
azerty soccer q1w2e3r4t5y6 jordan 88888888 fqrg7cs493 michael1 jesus1 blink182 789456 qwer1234 linkedin
babygirl1 thomas q1w2e3r4 status michelle liverpool nicole 333333 asdasd qwert j38ifubn 131313 987654 0123456789
lovely 0 andrew gfhjkm joshua anthony hello1 justin angel1 zxcvbn hello iloveyou2 1111111 1111 jennifer naruto
tigger hunter welcome 159357 babygirl 147258369 pokemon 101010 bitch1 jessica1 robert 0987654321 102030 parola
secret 5201314 fuckyou2 696969 loveme 123456q purple mother anthony1 apple qazwsxedc money1 trustno1 matthew
buster baseball1 1111111111 andrea hannah basketball freedom passw0rd soccer1 abc iloveu chelsea george friends
william samantha amanda golfer summer chocolate asdf1234 qwerty12 number1 flower maggie letmein charlie1
pakistan batman superman1 asshole1 butterfly 147258 marina 010203 1 forever qweqwe fuk19600 12341234 mustang
sunshine1 internet alexander london harley 1qaz2wsx3edc 29rsavoy 3rjs1la7qe ashley1 pepper xbox360 q1w2e3
00000000 family whatever 666 ! joseph loveyou jasmine orange cookie 50cent junior 212121 qweasdzxc martin
1qazxsw2 hello123 user lol123 google password12 ginger password2 111222 patrick shadow1 jordan1 12344321 arsenal
abcdef mylove nicole1 starwars taylor brandon 232323 q1w2e3r4t5 angel love12 brandon1 diamond snoopy 12345q
vqsablpzla myspace asshole qweasd chris1 matrix mickey jonathan school melissa eminem 1234561 lovers cheese
1234567891 richard yellow 12345qwert nikita oliver bailey cjmasterinf 12345678910 a123456789 christian sophie
yuantuo2012 1342 sojdlg123aljg mercedes victoria 147852 matthew1 peanut 290966 456789 wall.e 12413 million2
tudelft benjamin diosesfiel dpbk1234 red123 pe#5gz29ptzmse abcdefg u38fa39 dragon1 sandra happy1 asdasd5
123654789 444444 elizabeth prince banana angels angela samuel qqqqqq qwertyu amanda1 barcelona zaq12wsx
computer1 hockey monster michelle1 ghbdtn william1 nathan 55555 chicken 11223344 carlos antonio welcome1 123789
0000 gabriel !~!1 silver justin1 killer1 lucky1 jasmine1 bubbles hunter1 slipknot jackson purple1 morgan austin
rainbow andrew1 daniel1 hottie1 fuckoff liverpool1 madison natasha vanessa metallica adidas america xxxxxx
mommy1 chicken1 252525 87654321 jesus james1 spiderman alexis lauren null 0000000000 ferrari 456123 steven
147852369 tinkerbell qwaszx !ab#cd$ qwerty12345 robert1 pokemon1 nirvana butterfly1 buddy1 bandit nicholas
123qweasd danielle 0123456 asdfasdf 1234554321 scooter hannah1 destiny juventus rachel chelsea1 cookie1
chocolate1 qazxsw a838hfid 1234567a 142536 monica loveme1 stella a1b2c3 freedom1 zzzzzz america1 00000 741852963
999999999 qwertyui jennifer1 111222tianya 1234abcd yamaha victor 123asd ronaldo smokey taylor1 cocacola money
booboo heather madison1 success 7654321 david1 1password joshua1 november buster1 daddy1 jasper a poop samantha1
elizabeth1 mustang1 edward tennis password123 zxc123 qaz123 diamond1 lovely1 myspace123 qqww1122 whatever1
family1 valentina friend sweety tigger1 exigent music1 nothing harley1 chester casper hellokitty thomas1
super123 1q2w3e4r5t6y hahaha a1b2c3d4 startfinding cheese1 n0=acc3ss david 098765 spongebob1 alexandra canada
olivia december sabrina mynoob dennis dakota patricia playboy barbie friends1 johnny summer1 music loulou
nicolas pretty qwert1 maggie1 charles mexico1 phoenix lover1 123456m thunder 4815162342 123hfjdk147 rebecca
beautiful spider carolina 123456789q batman1 vincent jeremy yankees dallas master1 heather1 sebastian iloveu2
cameron sexy123 pepper1 midnight 852456 i guitar caroline elephant weed420 yankees1 scorpion dolphin 124578
tweety bubbles1 fuckoff1 fucker peanut1 patrick1 pussy1 lalala louise fuckme sexy lovelove p cowboys1 veronica
sparky yagjecc826 adrian naruto1 iw14fi9j newyork september scooby heaven mother1 loser1 melissa1 135790 tigers
jessie crystal chris alexander1 gemini peaches merlin spongebob 123456s 1a2b3c raiders1 12121212 qazwsx123
246810 stephanie shannon james zxcvbnm1 iloveyou! k.: sakura apples precious lakers 134679 a1234567 sergey
555666 poohbear manchester 202020 159951 jackie cristina jackson1 ginger1 aa123456 daniela pussy test123 123456j
rocky1 muffin yellow1 alex newyork1 cooper 753951 apple1 asdfghjkl1 flower1 sammy1 cherry 010101 123456b
richard1 flowers monster1 destiny1 diablo blessed1 beauty slipknot1 mexico emmanuel winston spiderman1 nigger1
maverick genius toyota fuck tiffany 741852 charlotte creative baby123 winner onelove badboy tiger1 softball
iloveu1 joseph1 beautiful1 hotmail mickey1 brittany asdf123 murphy sayang compaq pass manuel kristina scorpio
garfield 3odi15ngxb 111 1314520 hottie 421uiopy258 stupid1 aaaaa carmen qazqaz stalker austin1 doudou scooter1
lastfm brandy 1a2b3c4d steelers 151515 0000000 booboo1 claudia kitty1 m123456 rabbit isabella pimpin1 fuckme1
august october badoo boomer orange1 dexter samson bailey1 9876543210 123456abc myspace2 green1 aaaa 12345678a
kimberly crazy1 angelo qwert123 1029384756 popcorn 123456d ranger 456456 cowboys q123456 happy black1 passion
shorty christ snickers tyler1 albert soleil guitar1 1122334455 blessed krishna junior1 alyssa shorty1 forever1
lucky7 barney andrey icecream bitch cameron1 karina 963852741 california metallica1 samsung1 1v7upjw3nt melanie
brittany1 bismillah babyboy1 fucker1 qwerty123456 christian1 eagles letmein1 iloveme danielle1 leonardo coffee
windows police christine dancer woaini j123456 gangsta1 password! miguel cowboy arsenal1 love13 smokey1
swordfish 951753 uqa9ebw445 winter pass123 fucku2 maxwell denise iloveyou12 asdfgh1 bubba1 fernando q12345
qwerty1234 54321 horses hardcore kitten sydney george1 : francis cassie pumpkin twilight marlboro rangers
7758521 secret1 pretty1 martina florida player1 fylhtq lauren1 141414 natalie barbara jason1 s123456 sz9kqcctwy
molly1 dolphin1 pookie hiphop bond007 rockstar chivas1 abc123456 nathan1 stupid 123qwe123 fishing 123123a
john316 vfhbyf starwars1 greenday maria loveyou1 baby 321321 trinity tiffany1 fatima skater1 abc1234 angelina
kobe24 d2xyw89sxj google1 bonnie lucky alexis1 fluffy courtney playboy1 123456z 007007 crystal1 turtle school1
father darkness b123456 kissme alejandro corvette marseille roberto sweet1 player friendster lollipop biteme
jackass sarah1 password3 qwerty7 lolita sexy12 candy1 simone jonathan1 brooklyn 786786 alicia honey motorola
nicholas1 angel123 simple jackass1 slayer 012345 portugal shelby rainbow1 poohbear1 chicago steven1 snowball
justinbieb 123456c 1234512345 awesome 123qweasdzxc morgan1 vfrcbv iloveme1 natalia golden people 3d8cubaj2e
sweetie 454545 raiders boston sharon tucker shannon1 logitech pa55word teresa wilson snoopy1 test mnbvcxz 789789
kevin bonjour mike lovers1 242424 aaaaaa1 blue123 pamela qwe remember catherine redsox kenneth klaster victoria1
ssssss popcorn1 ihateyou 9379992 eminem1 isabelle hockey1 cricket lakers24 seven7 bulldog lizottes 123456k
marcus sarah kevin1 steelers1 love11 edward1 password. marley willow p3rat54797 fender yfnfif aaaaaaaa connor
single magic blessing rockstar1 camille indian qazwsx1 peaches1 never tweety1 amber1 aaa111 nastya florida1
superstar love4ever 123456t goodluck asdfghjk bella1 hammer thunder1 stephen chance marine marvin 121314
changeme santiago strawberry happy123 abcdefg1 carlos1 loveme2 bigdaddy 1123581321 marie1 satan666 daisy1
`;
