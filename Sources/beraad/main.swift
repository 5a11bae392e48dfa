import Server

await Program.main()
