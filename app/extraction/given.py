"""Given names that tell a man from a woman; names that both bear are in neither table."""

from app.extraction.wordlist import word_set

FEMALE_NAMES = word_set("""mary maria anna anne ann sarah sara laura emma julia julie kate katie katherine kathryn
    kathleen emily jane janet jessica jennifer jenny elizabeth eliza beth susan susanna
    susannah suzanne karen lisa nancy linda patricia barbara margaret maggie helen helena
    ruth sandra donna carol carole sharon michelle amanda melissa stephanie rebecca becky
    rachel nicole nicola catherine cathy christine christina diana diane alice alicia sophie
    sophia olivia hannah amy angela kelly kristi kristen kristin kirsten sonya sonia
    caroline carolyn victoria kamala hillary theresa teresa ursula eva fiona claire clare
    lucy charlotte martha joan joanna joanne judy judith abigail megan meghan natalie
    natasha samantha heather erin caitlin gina ida agnes amelia anita annette annie antonia
    audrey ava beatrice belinda bernadette betty brenda bridget bonnie candace carla carmen
    cecilia celia cheryl chloe cindy colleen connie cynthia daniela danielle debbie deborah
    debra denise dolores dora doris dorothy edith eileen elaine eleanor elena elise ella
    ellen elsa erica erika esther ethel eve evelyn frances francesca freya gabriela
    gabrielle georgina geraldine gertrude gladys gloria greta gwen hazel heidi hilary ines
    ingrid irene iris irma isabel isabella isla jacqueline jasmine jill joyce juanita kara
    kathy kaye kimberly lana lara lena leonora letitia lillian lily liz liza lois loretta
    lorraine louise lydia mabel madeleine madison marcia margot marianne marie marilyn
    marina marjorie marlene marta matilda maureen mavis maxine mia mildred mira miranda
    miriam molly monica muriel nadia naomi nina nora norma nuala oksana olga paige pamela
    paula pauline peggy penelope penny petra philippa phoebe phyllis pippa polly priscilla
    priti ramona regina rita roberta rosa rosalind rosanna rosemary roxanne sabrina sally
    sheila shirley sienna silvia sinead siobhan stella sue svetlana sylvia tamara tammy
    tanya tara tatiana tessa thelma tiffany tina tracey trish ulrike valentina valerie
    vanessa vera veronica viola vivian wanda wendy winifred yolanda yvette yvonne zara zoe
    aisha fatima khadija leila layla noor zainab amina ayesha priya deepa sunita anjali
    kavita meera lakshmi indira mei-ling yuki akiko yoko keiko naoko haruka minh-anh chiara
    giulia federica alessandra annegret angelika sigrid astrid solveig maren katja anja
    svenja heike birgit katarina jana lenka ivana milena jelena marija agnieszka malgorzata
    katarzyna zuzanna ngozi chiamaka folake adaeze amara wanjiku thandiwe nomvula""")
# "will." is Will, told from the verb.
MALE_NAMES = word_set("""will. james jimmy john johnny robert rob bob bobby michael mike mick william bill billy
    david dave richard rick dick joseph joe joey thomas tom tommy charles charlie chuck
    daniel dan danny matthew matt anthony tony mark marc donald don steven stephen steve
    paul andrew andy joshua josh kenneth ken kevin brian bryan george timothy tim ronald ron
    edward ed eddie ted jason jeffrey jeff geoffrey geoff ryan jacob jake gary nicholas nick
    nicolas eric erik jonathan jonathon jon larry lawrence laurence justin scott brandon
    benjamin ben samuel gregory greg frank alexander alex patrick jack dennis jerry gerald
    peter pete henry harry adam nathan nathaniel douglas doug zachary zach kyle walter walt
    vladimir emmanuel boris bernie bernard julian simon jim chris christopher martin aaron
    abraham adrian ahmed ajay alan allan allen albert alberto alejandro alessandro alfred
    alistair amir amit anders andre andreas andrei angus antoine antonio anwar archie arjun
    arnold arthur arturo ashok barack barry bart basil bashar beppe bert bjorn blake brad
    bradley brendan brent brett bruce bruno byron callum calvin carl carlos cedric cesar
    chester christoph clarence clark claude clayton clifford clive colin conor connor corey
    cory craig curtis cyril dale damian damien darren darryl declan denis derek desmond
    dexter diego dieter dimitri dirk dmitry dominic dominik duncan dustin dwayne dwight
    dylan edgar edmund eduardo edwin elliot elmer elon emil emilio enrique ernest ernesto
    ethan eugene evan felipe felix ferdinand fernando finn florian floyd francesco francis
    francisco franz fred freddie frederick fritz gabriel gareth gavin gerard gerhard gilbert
    giles giovanni giuseppe glen glenn gordon graham guido guillermo gunther gustav hans
    harold harvey hassan hector heinrich helmut herbert herman hiroshi horst howard hubert
    hugh hugo hussein ian ibrahim igor irving isaac ivan jaime jamal jared javier jens
    jeremy jerome joachim joao joel johan johann jonas jorge jose juan jurgen karl keith
    kenji kirk klaus klay kofi konrad kurt lars leo leon leonard leroy liam lionel logan
    lorenzo louis luca lucas luigi luis luke lukas luther malcolm manuel marcel marco marcus
    mario marvin masayoshi mateusz mathias max maxim maurice melvin miguel mikhail milo
    milton mitch mitchell mohamed mohammad mohammed muhammad mustafa narendra neil nelson
    nigel noah norman oleg oliver olivier omar oscar oswald otto owen pablo pascal pavel
    pedro percy perry philip philippe phillip pierre piers rafael rahul rajesh ralph ramon
    randall randy raphael rashid raul ravi raymond reginald rene reuben ricardo roberto
    rodney rodrigo roger rohan roland rolf rory ross roy rudolf rudy rupert russell salvador
    sanjay sebastian serge sergei sergey sergio seth shane shaun shinzo sidney silvio stefan
    stewart stuart sven terence terrence theodore theo tobias toby todd tomas travis trevor
    tristan troy tyler umberto vaclav vernon viktor victor vijay vikram vincent vladislav
    volodymyr warren wayne werner wesley wilfred willem winston wolfgang yitzhak yuri yusuf
    zlatan kwame chidi emeka babajide tunde olu thabo sipho kamau abdul abdullah ali khalid
    karim tariq yasser faisal osama hiro takeshi kenta piotr krzysztof tomasz jakub dele
    marek miroslav zoran dragan slobodan""")

GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES

# Family names of China, Korea and Vietnam, where they come first.
FAMILY_NAMES_FIRST = word_set("""li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin gao luo zheng
    liang xie tang xi deng feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye wei su lu
    ding ren shen yao kim park lee choi jung kang cho yoon moon han shin nguyen tran pham hoang
    phan vu dang bui do""")

# Given names that women and men bear: a person, and nobody knows which pronoun fits.
EITHER_NAMES = word_set("""taylor jordan casey robin jamie sam pat morgan kerry lindsey lindsay ashley jean lee
    terry tracy kelly whitney drew blake lynn skyler riley jesse devon dana shannon stacy kim leslie
    cameron avery bailey carey charley corey dallas darcy dominique drew ellis emerson finley
    frankie harper hayden jackie jess jody jodie kai kendall lane lauren logan marion mackenzie
    nicky parker peyton quinn reese remy ronnie rowan sandy sage sasha shelby sidney sloane stevie
    toni tory val vivian yael noam ariel gal""")
