"""Questions that are asked in many ways at every bedside. A case that gives one of them as an example is taken to mean
the others of its line, too; the case's own examples come first.

A line is a name and the ways of asking, set apart by `|`. Write them to `you`; of him, her or them they count as well.
"""

from __future__ import annotations

COMMON: dict[str, str] = {
    # the person and their life
    "who is at home": "who do you live with | who is at home with you | who lives with you"
    " | is there anyone at home with you | who else is at home | who's at home"
    " | who lives at home with you | what is your home situation | do you live with anyone"
    " | is there someone at home | do you share the house with anyone | have you got anyone at home",
    "lives alone": "do you live alone | do you live on your own | do you live by yourself"
    " | are you on your own at home | are you all by yourself at home | is it just you at home"
    " | is it only you in the house",
    "children": "do you have children | have you got any children | do you have any kids"
    " | have you any family of your own | any sons or daughters | how many children do you have",
    "married": "are you married | do you have a husband | do you have a partner | is there a partner"
    " | have you got a wife | are you with anyone | are you single | do you have a spouse",
    "how long married": "how long have you been married | how long have you been together"
    " | how many years have you been married | when did you get married",
    "brothers and sisters": "have you got any brothers or sisters | do you have siblings"
    " | is there anyone else in the family | who else is in the family"
    " | do you have any other family | are there other relatives | tell me about your family"
    " | have you got family nearby | have you any other relatives",
    "work": "what do you do for a living | what's your job | what do you do for work | do you work"
    " | what work do you do | are you working | what is your occupation | what line of work are you in"
    " | tell me about your work | where do you work | do you have a job | how do you earn your living",
    "work before": "what job did you do | what did you do for a living | what did you do before you retired"
    " | what was your job | what did you use to do for work | what did you work as"
    " | tell me about the work you did | are you retired",
    "spends the day": "how do you spend your days | what do you do all day | what does a normal day look like"
    " | what is a typical day like | take me through a normal day | what do you do with your time"
    " | what do you do with your week | talk me through an ordinary day | what is your day like",
    "enjoys": "what do you enjoy doing | what do you like to do | have you got any hobbies | what are your interests"
    " | what do you do for fun | what do you do in your spare time",
    "money": "is money a problem | how are you managing for money | can you afford it | is the cost a problem"
    " | are you worried about money | how are you off for money | does money come into it | is it expensive",
    "help at home": "who helps you at home | do you get any help | does anybody help you at home | do you have carers"
    " | have you got anyone to help you | is anyone supporting you | who supports you"
    " | do carers come in | what help do you have | what support do you get | who looks after you"
    " | who helps you | do you have any support | is there anyone who can help you"
    " | do you have any help with that | who gives you a hand",
    "needs help at home": "do you need help at home | how do you manage at home | how will you manage at home"
    " | will you manage at home | how are things at home | are you managing at home"
    " | how have things been at home",
    "friends": "have you got friends close by | do you see your friends | who can you talk to | who do you turn to"
    " | is there anyone you can talk to | do you have someone to talk to | who have you talked to",
    "visitors": "have you had any visitors | has anyone been to see you | is anyone coming to see you"
    " | do you get visitors | will anyone be visiting you | who visits you | is your family coming in"
    " | who is coming in to see you",
    "company here": "is anyone with you | have you got anyone with you | did you come on your own | who came with you"
    " | did somebody bring you | is there someone with you today | did anyone come with you"
    " | who brought you here",
    "pets": "have you got any pets | do you have a dog or a cat | do you keep any animals",
    "faith": "do you have a faith | are you religious | do you believe in god | do you go to church"
    " | would you like to see the chaplain | is faith important to you | would you like a priest",
    "school": "how was school for you | did you like school | what was school like | when did you leave school"
    " | how did you get on at school | did you finish school | how far did you get at school",
    "reading": "can you read this | can you read that for me | how is your reading | do you find reading hard"
    " | are you able to read it | do you have trouble reading"
    " | do you have difficulty with reading and writing | are you comfortable reading"
    " | would it help if i read it to you | shall i read it to you",
    "reads for you": "who reads your letters | who helps you with letters | who does the paperwork"
    " | who reads things for you | does anyone help you with forms"
    " | what do you do with letters from the hospital | who deals with the post",
    "told family": "have you told your family | does your family know | have you told anyone | does anybody know"
    " | who have you told | who else knows | have you talked to anyone about this"
    " | does anyone at home know | have you told your children | does your wife know"
    " | does your husband know | have you spoken to your family about it",
    "next of kin": "who is your next of kin | are you the next of kin | who is the first contact"
    " | who should we contact | who would you like us to call | is there anyone you want us to ring"
    " | shall i phone somebody for you | who is your main contact",
    # why they are here, and how it went
    "what brought you in": "what brought you in | why are you here | why did you come in"
    " | what brings you to hospital | how did you end up in hospital"
    " | what happened to bring you in | why were you admitted"
    " | what has brought you here today | tell me what brought you in | why have you come in"
    " | what made you come in | what can i do for you today | how come you are in hospital"
    " | what are you in for",
    "what happened": "what happened | what's happened | can you tell me what happened | tell me what happened"
    " | what went on | what's been going on | what's been happening | what is going on"
    " | talk me through what happened | what's the story | tell me the story from the beginning",
    "how it began": "when did it start | how did it start | when did it begin | when did you first notice it"
    " | how did it all begin | when did it come on | what was the first sign"
    " | what did you notice first | when did you first notice something was wrong"
    " | how did this start | when did all this begin",
    "how long": "how long has this been going on | how long have you had it | how long has it been like this"
    " | how long have you felt like this | since when | how long have you been unwell"
    " | how long has it been",
    "how are you": "how are you | how are you doing | how are you feeling | how do you feel | how are you today"
    " | how have you been | how are things | how are you feeling today | how have you been feeling"
    " | how's it going",
    "coping": "how are you coping | how are you managing | how are you holding up | how are you bearing up"
    " | how are you getting on | how do you cope | how are you doing with all this | are you managing"
    " | are you coping | how do you manage | how are you keeping | how are you doing yourself"
    " | what about you, how are you | are you looking after yourself | who looks after you"
    " | when did you last have a break | do you get a break | do you get any time for yourself"
    " | do you get a rest | how is it all affecting you | and how are you in all this",
    "mood": "how is your mood | have you been feeling low | are you depressed | have you felt down"
    " | are you feeling sad | how are your spirits | how have you been in yourself"
    " | do you still enjoy things | how do you feel in yourself",
    "self harm": "have you thought about harming yourself | have you had thoughts of ending your life"
    " | do you feel suicidal | have you ever felt life isn't worth living"
    " | have you thought of killing yourself | any thoughts of hurting yourself | do you want to die"
    " | are you safe from hurting yourself | have you ever thought of suicide",
    # worries, wishes, understanding
    "worries most": "what worries you most | what are you most worried about | what are you worried about"
    " | what frightens you most | what are you afraid of | what are you scared of"
    " | what is your biggest worry | is there something in particular you're worried about"
    " | what concerns you most | what are you afraid will happen | what scares you most"
    " | what is the worst thing about it for you | what are you anxious about"
    " | what is your main concern | what is it that frightens you | what makes you so nervous"
    " | why are you so worried | what is it about it that scares you | what makes you anxious"
    " | what bothers you most | what are your worries | what are your concerns"
    " | is there anything that's worrying you about it | what part of it frightens you",
    "on the mind": "what is on your mind | what's going through your mind | is something bothering you"
    " | what's bothering you | what's troubling you | is there something on your mind"
    " | what went through your mind | what are you thinking about | you seem worried, what is it"
    " | what are you thinking",
    "is worried": "are you worried | are you feeling worried | are you anxious | are you frightened | are you scared"
    " | do you have any worries | is anything worrying you | are you nervous | do you have any concerns"
    " | are you afraid | how nervous are you | are you feeling nervous | you look worried",
    "wants": "what would help | what would help you most | what do you want | what do you want to happen"
    " | what are you hoping for | what would you like to happen | what can we do to help | how can we help"
    " | what matters most to you | what would make a difference | what would make it easier"
    " | what do you need from us | what would you like from us | is there anything we can do for you"
    " | what would you like us to do | what can i do for you | how can i help you | what is important to you"
    " | what were you expecting | what would make you feel better about it | what could we do differently"
    " | is there anything that would help | what would make things better | what would you like most"
    " | if you could change one thing what would it be | what would you need"
    " | what would make this easier for you | what do you need most right now | what would put it right"
    " | what would make it possible for you | what do you wish for | how can we make this right"
    " | what should we do for you",
    "safer": "what would help you feel safer | what would make you feel better | what would help you to relax"
    " | what would calm you | what would make you feel happier about it | what would put your mind at rest"
    " | how can we make you feel safe | what helps when you are nervous | what helps you to calm down",
    "understanding": "what do you understand about it | what have the doctors told you | what have you been told"
    " | what do you know about it | what did the doctor say | what did they say to you"
    " | has anyone explained it to you | what has anyone told you so far | how much do you know"
    " | what is your understanding of what is happening | what have they said"
    " | can you tell me what you understand | has the doctor talked to you | what did they tell you"
    " | what do you know so far | what did the surgeon tell you | who has explained this to you"
    " | did anyone explain it | what were you told | tell me what you've been told so far"
    " | has somebody talked it through with you | do you understand what is going to happen"
    " | what do you understand is happening | what do you know about what is wrong",
    "how much to know": "how much do you want to know | do you want to know everything | would you like me to explain"
    " | are you someone who likes all the details | do you want me to tell you the results"
    " | would you rather not know | do you want to hear the details"
    " | how much would you like me to tell you | are you ready to hear it",
    "thinks is wrong": "what do you think is wrong | what do you think it is | what do you think is causing it"
    " | have you any idea what it might be | what do you think is going on"
    " | what did you think it was | what were you thinking"
    " | do you have any idea what's causing it | what did you think was happening"
    " | what do you put it down to",
    "questions": "do you have any questions | is there anything you want to ask"
    " | is there anything you don't understand | is there anything else you would like to know"
    " | what would you like to ask me | what do you want to know",
    "went before": "has this happened before | has anything like this happened before"
    " | have you been through this before | have you had this before"
    " | did something like this happen before | is this the first time"
    " | have you had a bad experience before | what happened last time"
    " | have you had a bad experience in hospital | has something happened before"
    " | did something go wrong before | what happened the last time you were in hospital"
    " | have you seen this before | has something happened to make you feel like that"
    " | have you had trouble before | what was it like last time | how did it go last time"
    " | why do you feel like that about hospitals",
    "lost somebody": "have you lost somebody | did somebody die | has someone close to you died"
    " | have you ever lost anyone | when did your mother die | what happened to your husband"
    " | how did your father die | when did you lose him | is your mother still alive"
    " | is your husband still alive | who did you lose | when did he die | how did he die",
    "guilt": "do you feel guilty | do you blame yourself | is there something you regret"
    " | do you feel it's your fault | do you think you did something wrong | do you feel bad about it"
    " | do you wish you had done something different",
    "hardest": "what's the hardest part | what has been the hardest | what is the worst of it"
    " | what was the worst moment | what do you find most difficult | what's the most difficult thing"
    " | what is hardest for you | what's the worst thing | what is the hardest thing about it",
    "misses": "what do you miss | what do you miss doing | what do you miss most | what can't you do any more"
    " | what has it stopped you doing | what have you had to give up | how has it changed your life"
    " | how does it affect your life | how has life changed | what's different now"
    " | how does it affect you day to day | what has changed for you | what is it like living with it"
    " | what is life like for you",
    "promise": "did you promise anything | what did you promise | did he ask you to promise something"
    " | what did you say to him | did you make a promise",
    "what are they like": "what was he like | what kind of person is she | tell me about him | what is she like"
    " | what was she like before | tell me about your mother | what was he like as a person"
    " | what sort of man was he | tell me about your husband | what is your wife like"
    " | tell me about her",
    # the body
    "pain": "are you in pain | are you in any pain | have you any pain | how is your pain | how bad is the pain"
    " | do you have any pain | does it hurt | is it sore | how much does it hurt | where does it hurt"
    " | where is the pain | what is the pain like | any pain | is the pain bad"
    " | have you got any pain anywhere | are you hurting | how's the pain",
    "pain score": "what is your pain out of ten | how would you score your pain"
    " | can you give me a number for the pain | on a scale of nought to ten how bad is the pain"
    " | if zero is nothing and ten is the worst what number are you | how bad is it out of ten"
    " | rate your pain",
    "comfortable": "are you comfortable | are you comfy | is he comfortable | does she look comfortable",
    "what helps": "what helps | what makes it better | what makes it easier | what eases it | does anything help"
    " | what do you do when it's bad | does anything make it better | what settles it"
    " | what calms it down | what works for you",
    "what makes worse": "what makes it worse | what sets it off | what brings it on | does anything make it worse",
    "sleep": "how are you sleeping | how did you sleep | did you get any sleep | how is your sleep | are you sleeping"
    " | do you sleep well | have you slept | are you getting any sleep | what was your night like"
    " | how was your night | how much sleep are you getting | how many hours do you sleep"
    " | how many hours are you getting | are you getting enough sleep | how are the nights"
    " | did you have a good night | what are the nights like | what happens at night",
    "awake": "what keeps you awake | are you awake at night | do you wake in the night | are you lying awake"
    " | why can't you sleep | are you up in the night | what wakes you",
    "eating": "are you eating | how is your appetite | are you eating and drinking | have you eaten"
    " | how are you eating | have you had anything to eat | what have you eaten | did you have breakfast"
    " | are you hungry | how have you been eating | are you off your food | what did you have to eat"
    " | when did you last eat | have you had something to eat or drink"
    " | when did you last have anything to eat | have you had your dinner | did you manage your lunch",
    "drinking": "are you drinking | have you had a drink | are you drinking enough | how much are you drinking"
    " | when did you last drink | are you managing fluids | have you had any fluids",
    "breathing": "how is your breathing | are you short of breath | are you breathless | any trouble breathing"
    " | are you having difficulty breathing | do you get out of breath | is your breathing all right"
    " | are you puffed",
    "chest pain": "have you any chest pain | does your chest hurt | any tightness in your chest"
    " | is your chest all right | any pain in your chest | does it feel tight or heavy",
    "sick": "do you feel sick | have you been sick | any nausea | have you vomited | have you been throwing up"
    " | any vomiting",
    "bowels": "have you opened your bowels | are you constipated | when did you last open your bowels"
    " | any problems with your bowels | have you been for a poo | have you had your bowels open"
    " | any diarrhoea",
    "urine": "are you passing water | any trouble passing urine | have you had a wee | are you peeing all right"
    " | any problems with your waterworks | have you passed urine",
    "dizzy": "are you dizzy | do you get dizzy | do you feel light-headed | any dizziness | do you feel faint",
    "walking": "how is your walking | can you walk | do you walk with a frame | how do you get about"
    " | how is your mobility | are you mobile | how are you on your feet | can you walk by yourself"
    " | do you use a stick | are you steady on your feet | have you been out of bed"
    " | have you been up and walking | how far can you walk | how do you get around",
    "falls": "have you had any falls | have you fallen | have you had a fall | do you fall a lot | did you fall",
    "hearing": "how is your hearing | can you hear me | do you wear a hearing aid | is your hearing aid working",
    "eyes": "do you wear glasses | where are your glasses | how is your eyesight | can you see"
    " | have you got your glasses | did you bring your glasses | do you need glasses | how are your eyes"
    " | what happened to your glasses",
    "memory": "how is your memory | are you confused | do you forget things | is he confused | does she have dementia"
    " | are you forgetful | has he been confused | is she muddled | does she know who you are"
    " | does he recognise you | how long has she had dementia | when was she diagnosed",
    "normally": "what are you like normally | is this normal for you | is this different from usual"
    " | how does this compare with usual | what are you usually like | are you usually like this"
    " | how are you normally",
    # medicines and treatment
    "medicines": "what medicines do you take | what tablets are you on | which medicines are you on"
    " | what medication are you on | do you take any tablets | are you on any medication"
    " | what are your regular medicines | can you list your tablets | what tablets do you take"
    " | can you tell me what medicines you take | which tablets do you take | what are you prescribed"
    " | what pills are you on | do you take anything regularly | are you taking any medicines"
    " | can you list your medicines for me",
    "takes as told": "do you take your medicines as prescribed | are you taking your tablets"
    " | do you take your tablets | are you managing with your tablets"
    " | how are you getting on with your tablets | any problems with your medicines"
    " | do you remember to take your tablets | are you taking them properly"
    " | do you take them every day | how are you doing with all your tablets"
    " | do you have any trouble taking your tablets | how do you take your tablets",
    "misses tablets": "do you ever miss any | how often do you miss one | do you ever forget to take your tablets"
    " | do you ever skip any | do you miss any tablets | have you missed any doses"
    " | how many do you miss in a week | how often do you skip a tablet"
    " | have you stopped taking any",
    "what for": "do you know what your tablets are for | what do you understand about your medicines"
    " | has anyone explained your tablets | do you know what they are for | do you know why you take them"
    " | what is it for | what does each one do | what do you know about why you need them"
    " | do you know what this one does",
    "how take": "how do you take them | how many do you take | how often do you take it | when do you take it"
    " | how will you take these | can you tell me how you will take it | show me how you would take it"
    " | when will you take them | how would you take this medicine",
    "side effects": "do you get any side effects | how do the tablets make you feel | any side effects"
    " | do they upset you | how do they make you feel | do they agree with you",
    "last dose": "when was your last dose | when did you last have your tablets | when did you last take it"
    " | have you had your tablets this morning | what time did you have your last dose"
    " | have you had your medicine today",
    "allergies": "are you allergic to anything | any allergies | do you have any allergies",
    "history": "do you have any medical problems | have you had any serious illnesses | have you had any operations"
    " | are you usually well | what's your medical history | any other illnesses"
    " | have you been seriously ill before | have you been in hospital before"
    " | do you have any health problems | any medical problems | do you have any conditions",
    "operation": "what operation are you having | do you know what operation you are having"
    " | tell me about your operation | what are they going to do"
    " | can you tell me what the operation is for | what are you having done"
    " | what are you having done today | what procedure is it | why are you having the operation",
    "anaesthetic before": "have you had an anaesthetic before | have you ever had an operation"
    " | have you been put to sleep before | have you had surgery before"
    " | did you have any problems with the anaesthetic | is this your first operation"
    " | has anyone in your family had problems with an anaesthetic"
    " | have you had an operation before | how did you find the anaesthetic last time"
    " | any trouble with anaesthetics in the family",
    "not waking": "are you worried about not waking up | are you afraid of the anaesthetic"
    " | what worries you about being put to sleep | is it going to sleep that frightens you"
    " | are you scared you won't wake up | is it the anaesthetic that worries you",
    "signed": "have you signed the form | did you sign the consent form | have you signed your consent"
    " | who took your consent",
    "fasting": "when did you last eat or drink | have you had anything to eat or drink today | are you fasted"
    " | have you eaten anything since midnight | have you had nothing to eat since midnight"
    " | have you been fasting | what time did you last eat",
    "teeth": "do you have any loose teeth | do you have dentures | any crowns or caps | have you got false teeth",
    "jewellery": "are you wearing any jewellery | can you take your ring off | have you got your ring on"
    " | what about your ring",
    "smoking": "do you smoke | have you ever smoked | how many do you smoke",
    "alcohol": "do you drink alcohol | how much do you drink | do you drink at all",
    "going home": "are you looking forward to going home | how do you feel about going home"
    " | are you ready to go home | are you happy to go home | what is it like to be going home"
    " | are you pleased to be going home | are you worried about going home | how are you getting home"
    " | who is taking you home",
    "results": "what are you expecting to hear | what do you think the results will show | have you had your results"
    " | are you waiting for results | what tests have you had | what have they found"
    " | what was the test for",
    "dying": "is she dying | how long has he got | do you know that he is dying | do you understand he is dying"
    " | have they told you how long | are you prepared for this | has anyone said she is dying"
    " | are you ready for that",
    "being there": "were you there when he died | do you want to be with him | do you want to stay with her"
    " | would you like to be there at the end | have you been here all night | have you been here long"
    " | how long have you been here | how long have you been sitting here | did you stay all night",
    "asked for wishes": "what did he want | what would she have wanted | did he say what he wanted"
    " | has she talked about what she wants | did he ever say how he wanted it to be"
    " | does he have a living will | did you ever talk about it together",
    "looking after": "how long have you been looking after her | what do you do for him"
    " | how long have you cared for her | what does caring involve | what do you have to do for her"
    " | what help does he need | what do you help her with | do you look after her by yourself"
    " | are you the main carer",
    "temper": "have you ever lost your temper | do you ever get angry with her | have you ever shouted at him"
    " | do you get cross | have you ever felt like hurting her | do you ever lose patience"
    " | have you ever hit her | do you find yourself getting frustrated"
    " | what happens when it gets too much | have you ever snapped",
    "wanders": "does she wander | does he go out on his own | has he got lost | does she get lost"
    " | has she left the house",
    # signs and things
    "holding": "what is that in your hand | what are you holding | what have you got there | what's that you've got"
    " | why are you holding that | can i see what you've got | what is in your hand"
    " | what have you got in your hand",
    "bag": "what's in the bag | what have you got in your bag | is that your bag | what have you brought with you"
    " | whose bag is that",
    "photo": "who is that in the photo | is that a photo of your family | whose picture is that | who's in the picture",
    "crying": "have you been crying | why are you crying | what's upset you | what has upset you | what made you cry"
    " | are you upset",
    "shaking": "why are you shaking | are you shivering | your hands are shaking | are you trembling",
    "looked up": "what have you been reading | what did you read online | have you looked it up"
    " | have you been googling | what did you see on the internet | have you read about it"
    " | where did you read that | have you searched for it",
    "judged": "has somebody made you feel judged | who said that to you | has someone been rude to you"
    " | were you treated badly | has somebody not believed you | what did they say about you"
    " | did somebody say something to upset you | has anyone made you feel stupid | what did people say"
    " | have you been made to feel bad | who made you feel like that",
    # what opens or carries a conversation
    "go on": "tell me more | tell me more about that | can you tell me more | go on | could you say more about that"
    " | what do you mean by that | what do you mean | can you explain that | what makes you say that"
    " | in what way | would you like to talk about it | is there something you'd like to talk about"
    " | do you want to tell me about it",
    "name": "what is your name | what would you like me to call you | what shall i call you"
    " | can you tell me your name | what do you like to be called | how would you like to be called"
    " | who are you | can you tell me who you are | can you confirm your name"
    " | is it all right if i call you by your first name | what name do you go by",
    "age": "how old are you | what is your date of birth | what age are you | when is your birthday"
    " | when were you born | how many years old are you",
    "may I": "can i sit down | is it all right if i sit with you | may i come in"
    " | do you mind if i ask you some questions | is now a good time to talk | can i talk to you"
    " | is it okay if i take notes | can i have a word with you | can i ask you a few questions"
    " | could we have a chat | would you mind if i sat here | do you have a minute",
    "small talk": "what's the weather like | did you see the match | what did you watch on television"
    " | do you like football | who do you support | is it raining | is it cold out"
    " | what's on the television | how was the traffic | did you find somewhere to park"
    " | how was your journey | did you have a good weekend",
    "examine": "can i listen to your heart | can i examine you | may i take your blood pressure"
    " | can i check your temperature | is it all right if i examine you | can i have a look at it"
    " | can i listen to your chest",
    "room": "is it too hot in here | are you warm enough | is the light too bright | is it too noisy for you"
    " | are you cold | is the bed all right",
}
"""What is asked, and ways of asking for it."""
