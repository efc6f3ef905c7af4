import '@chatstream/fake-chat/open-page'
